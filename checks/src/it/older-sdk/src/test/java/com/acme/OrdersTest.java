// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.local.aws.AwsAnswer;
import dev.powertools.local.aws.S3Fake;
import dev.powertools.local.event.Events;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TenantAttack;
import dev.powertools.testing.TenantAttack.Group;
import dev.powertools.testing.TenantTest;

@FunctionTest
class OrdersTest {

  @TenantTest(groups = {Group.DYNAMODB, Group.S3, Group.SDK, Group.CREDENTIALS})
  void reaches_nothing_of_another_tenants(TenantAttack attack, Functions functions) {
    functions.aws().serve("dynamodb", request -> AwsAnswer.json(200, "{}"));
    functions.aws().serve("s3", S3Fake.withBuckets("shared"));
    attack.against(
        functions,
        Orders.class,
        secret -> Events.apiGatewayV2("POST", "/orders").body(secret));
  }
}
