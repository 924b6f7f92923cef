// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.notes;

import dev.powertools.tenancy.resource.TenantQueue;
import dev.powertools.tenancy.resource.TenantTable;

/** What of AWS is the tenants', and which of it is whose. */
// region isolation
@TenantTable(name = "notes", pk = "tenant", format = "{tenant}")
@TenantQueue(name = "jobs")
interface NotesIsolation {}
// endregion
