// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TenantResourcesTest {

  private static TenantResources read(Class<?> type) {
    return TenantResources.of(
        type,
        FunctionRuntime.builder()
            .config(Config.of(Map.of("STAGE", "prod", "URL", "https://q/123456789012/jobs")))
            .build());
  }

  @TenantTable(
      name = "orders-${STAGE}",
      pk = "pk",
      format = "TENANT#{tenant}#*",
      indexes = {@TenantIndex(name = "gsi1", pk = "gsi1pk", format = "{tenant}")})
  @TenantTable(name = "arn:aws:dynamodb:eu-west-1:123456789012:table/far-{tenant}", pk = "id")
  @TenantBucket(name = "shared", prefix = "tenants/{tenant}/")
  @TenantBucket(name = "files-{tenant}")
  @TenantQueue(name = "${URL}")
  @TenantQueue(name = "jobs-{tenant}.fifo")
  @TenantQueue(name = "https://sqs.us-east-1.amazonaws.com/123456789012/far")
  @TenantTopic(name = "arn:aws:sns:eu-west-1:123456789012:news")
  @TenantBus(name = "default")
  @TenantFunction(name = "resize", perTenant = true)
  @TenantKey(name = "alias/orders")
  @TenantShared(service = "S3", resource = "shared/public/", operations = "GetObject")
  interface Everything {}

  @Test
  void reads_what_is_declared() {
    TenantResources all = read(Everything.class);

    assertThat(all.tables().get(0).name().name()).isEqualTo("orders-prod");
    assertThat(all.tables().get(0).tenantAttributes()).containsOnlyKeys("pk", "gsi1pk");
    assertThat(all.tables().get(1).name())
        .returns("eu-west-1", ResourceName::region)
        .returns("123456789012", ResourceName::account)
        .returns(true, ResourceName::isSilo);
    assertThat(all.buckets().get(0).keys()).hasToString("tenants/{tenant}/*");
    assertThat(all.queues().get(0))
        .returns("jobs", ResourceName::name)
        .returns(null, ResourceName::region)
        .returns("123456789012", ResourceName::account);
    assertThat(all.queues().get(2))
        .returns("far", ResourceName::name)
        .returns("us-east-1", ResourceName::region);
    assertThat(all.topics().get(0).name()).isEqualTo("news");
    assertThat(all.functions().get(0).perTenant()).isTrue();
    assertThat(all.shared().get(0))
        .returns("public/", SharedResource::prefix)
        .returns(Set.of("GetObject"), SharedResource::operations);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refuses_declarations_that_cannot_be_right(Class<?> type, String[] said) {
    assertThatThrownBy(() -> read(type))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(type.getName())
        .hasMessageContainingAll(said);
  }

  static Stream<Arguments> refuses_declarations_that_cannot_be_right() {
    return Stream.of(
        row(Bad.NoFormat.class, "@TenantTable", "\"t\"", "format", "TENANT#{tenant}#*"),
        row(Bad.NoTenant.class, "@TenantTable", "attribute format", "needs {tenant}"),
        row(Bad.Swallowing.class, "@TenantTable", "attribute format", "no id can hold"),
        row(Bad.SwallowingByHyphen.class, "@TenantTable", "attribute format", "no id can hold"),
        row(Bad.NoKey.class, "@TenantTable", "attribute pk", "empty"),
        row(Bad.NoName.class, "@TenantTable", "attribute name", "empty"),
        row(Bad.Unset.class, "@TenantTable", "attribute name", "NONE", "not set"),
        row(Bad.OtherArn.class, "@TenantTable", "attribute name", "arn:aws:dynamodb:"),
        row(Bad.IndexArn.class, "@TenantTable", "attribute name"),
        row(Bad.IndexWithoutFormat.class, "@TenantTable", "attribute indexes", "global = true"),
        row(Bad.IndexTwice.class, "@TenantTable", "attribute indexes", "two of the name i"),
        row(Bad.GlobalWithFormat.class, "@TenantTable", "attribute indexes", "global"),
        row(Bad.LocalWithOtherFormat.class, "@TenantTable", "attribute indexes", "another format"),
        row(Bad.TwoFormats.class, "@TenantTable", "attribute indexes", "two formats"),
        row(Bad.TableTwice.class, "@TenantTable", "two owners"),
        row(Bad.PoolIsSilo.class, "@TenantTable", "two owners"),
        row(Bad.SiloIsSilo.class, "@TenantTable", "two owners"),
        row(Bad.SharedIsOwn.class, "@TenantShared", "two owners"),
        row(Bad.NoPrefix.class, "@TenantBucket", "attribute prefix", "tenants/{tenant}/"),
        row(Bad.NoSlash.class, "@TenantBucket", "attribute prefix", "ends with a /"),
        row(Bad.PrefixInPrefix.class, "@TenantBucket", "two owners"),
        row(Bad.SharedOverTenants.class, "@TenantShared", "two owners"),
        row(Bad.AccessPoint.class, "@TenantBucket", "attribute name", "by its name"),
        row(Bad.QueueTwice.class, "@TenantQueue", "two owners"),
        row(Bad.FunctionVersion.class, "@TenantFunction", "attribute name"),
        row(Bad.SharedQueue.class, "@TenantShared", "attribute service"),
        row(Bad.SharedWrite.class, "@TenantShared", "attribute operations", "read only", "Scan"),
        row(Bad.SharedCopy.class, "@TenantShared", "attribute operations", "read only"),
        row(Bad.SharedNothing.class, "@TenantShared", "attribute operations"));
  }

  private static Arguments row(Class<?> type, String... said) {
    return Arguments.of(type, said);
  }

  /** Declarations that are wrong in one way each. */
  interface Bad {

    @TenantTable(name = "t", pk = "pk")
    interface NoFormat {}

    @TenantTable(name = "t", pk = "pk", format = "TENANT#*")
    interface NoTenant {}

    @TenantTable(name = "t", pk = "pk", format = "{tenant}*")
    interface Swallowing {}

    @TenantTable(name = "t", pk = "pk", format = "{tenant}-*")
    interface SwallowingByHyphen {}

    @TenantTable(name = "t", pk = " ", format = "{tenant}")
    interface NoKey {}

    @TenantTable(name = "", pk = "pk", format = "{tenant}")
    interface NoName {}

    @TenantTable(name = "t-${NONE}", pk = "pk", format = "{tenant}")
    interface Unset {}

    @TenantTable(name = "arn:aws:sqs:eu-west-1:123456789012:t", pk = "pk", format = "{tenant}")
    interface OtherArn {}

    @TenantTable(
        name = "arn:aws:dynamodb:eu-west-1:123456789012:table/t/index/i",
        pk = "pk",
        format = "{tenant}")
    interface IndexArn {}

    @TenantTable(
        name = "t",
        pk = "pk",
        format = "{tenant}",
        indexes = @TenantIndex(name = "i", pk = "i"))
    interface IndexWithoutFormat {}

    @TenantTable(
        name = "t",
        pk = "pk",
        format = "{tenant}",
        indexes = {@TenantIndex(name = "i"), @TenantIndex(name = "i")})
    interface IndexTwice {}

    @TenantTable(
        name = "t",
        pk = "pk",
        format = "{tenant}",
        indexes = @TenantIndex(name = "i", pk = "i", format = "{tenant}", global = true))
    interface GlobalWithFormat {}

    @TenantTable(
        name = "t",
        pk = "pk",
        format = "{tenant}",
        indexes = @TenantIndex(name = "i", pk = "pk", format = "X#{tenant}"))
    interface LocalWithOtherFormat {}

    @TenantTable(
        name = "t",
        pk = "pk",
        format = "{tenant}",
        indexes = {
          @TenantIndex(name = "i", pk = "x", format = "X#{tenant}"),
          @TenantIndex(name = "j", pk = "x", format = "Y#{tenant}")
        })
    interface TwoFormats {}

    @TenantTable(name = "t", pk = "pk", format = "{tenant}")
    @TenantTable(name = "t", pk = "pk", format = "X#{tenant}")
    interface TableTwice {}

    @TenantTable(name = "t-{tenant}", pk = "pk")
    @TenantTable(name = "t-archive", pk = "pk", format = "{tenant}")
    interface PoolIsSilo {}

    @TenantTable(name = "t-{tenant}", pk = "pk")
    @TenantTable(name = "t-{tenant}-archive", pk = "pk")
    interface SiloIsSilo {}

    @TenantTable(name = "t", pk = "pk", format = "{tenant}")
    @TenantShared(service = "DynamoDb", resource = "t", operations = "Scan")
    interface SharedIsOwn {}

    @TenantBucket(name = "bucket")
    interface NoPrefix {}

    @TenantBucket(name = "bucket", prefix = "tenants/{tenant}")
    interface NoSlash {}

    @TenantBucket(name = "bucket", prefix = "{tenant}/")
    @TenantBucket(name = "bucket", prefix = "tenants/{tenant}/")
    interface PrefixInPrefix {}

    @TenantBucket(name = "bucket", prefix = "tenants/{tenant}/")
    @TenantShared(service = "S3", resource = "bucket", operations = "GetObject")
    interface SharedOverTenants {}

    @TenantBucket(
        name = "arn:aws:s3:eu-west-1:123456789012:accesspoint/x",
        prefix = "tenants/{tenant}/")
    interface AccessPoint {}

    @TenantQueue(name = "jobs")
    @TenantQueue(name = "arn:aws:sqs:eu-west-1:123456789012:jobs")
    interface QueueTwice {}

    @TenantFunction(name = "resize:LIVE")
    interface FunctionVersion {}

    @TenantShared(service = "Sqs", resource = "jobs", operations = "ReceiveMessage")
    interface SharedQueue {}

    @TenantShared(
        service = "S3",
        resource = "bucket",
        operations = {})
    interface SharedNothing {}

    @TenantShared(service = "DynamoDb", resource = "t", operations = "PutItem")
    interface SharedWrite {}

    @TenantShared(service = "S3", resource = "bucket", operations = "CopyObject")
    interface SharedCopy {}
  }

  @Nested
  class Names {

    @Test
    void that_no_id_can_turn_into_one_another_stand_side_by_side() {
      @TenantTable(name = "t-{tenant}", pk = "pk")
      @TenantTable(name = "t-{tenant}_archive", pk = "pk")
      @TenantTable(name = "{tenant}.orders", pk = "pk")
      @TenantTable(name = "prices_all", pk = "pk", format = "{tenant}")
      @TenantBucket(name = "bucket", prefix = "in/{tenant}/")
      @TenantBucket(name = "bucket", prefix = "out/{tenant}/")
      @TenantShared(service = "S3", resource = "bucket/public/", operations = "GetObject")
      class Apart {}

      assertThat(read(Apart.class).tables()).hasSize(4);
    }
  }
}
