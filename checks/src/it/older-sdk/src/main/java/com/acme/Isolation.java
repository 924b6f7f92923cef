// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.tenancy.resource.TenantBucket;
import dev.powertools.tenancy.resource.TenantBus;
import dev.powertools.tenancy.resource.TenantFunction;
import dev.powertools.tenancy.resource.TenantQueue;
import dev.powertools.tenancy.resource.TenantTable;
import dev.powertools.tenancy.resource.TenantTopic;

@TenantTable(name = "orders", pk = "pk", format = "TENANT#{tenant}#*")
@TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
@TenantQueue(name = "arn:aws:sqs:eu-central-1:123456789012:jobs")
@TenantTopic(name = "arn:aws:sns:eu-central-1:123456789012:news")
@TenantBus(name = "orders")
@TenantFunction(name = "report", perTenant = true)
interface Isolation {}
