// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.tenancy.resource.TenantIndex;
import dev.powertools.tenancy.resource.TenantTable;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.model.IgnoreNullsMode;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.UpdateItemEnhancedRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The enhanced client, made of a bound one. */
class EnhancedClientTest {

  private static final String OWN = "acme#1";
  private static final String FOREIGN = "globex#1";

  private final Acting acting = new Acting();

  @TenantTable(
      name = "orders",
      pk = "pk",
      format = "{tenant}#*",
      indexes = @TenantIndex(name = "by_owner", pk = "owner", format = "{tenant}"))
  private interface Orders {}

  /** An item. */
  public static final class Order {
    private String pk = "";
    private String owner;
    private String text;

    /** The key. */
    public String getPk() {
      return pk;
    }

    /** The key. */
    public void setPk(String value) {
      pk = value;
    }

    /** The key of the index. */
    public String getOwner() {
      return owner;
    }

    /** The key of the index. */
    public void setOwner(String value) {
      owner = value;
    }

    /** Anything. */
    public String getText() {
      return text;
    }

    /** Anything. */
    public void setText(String value) {
      text = value;
    }

    static Order of(String pk, String owner) {
      Order order = new Order();
      order.setPk(pk);
      order.setOwner(owner);
      order.setText("anvils");
      return order;
    }
  }

  private static final TableSchema<Order> SCHEMA =
      TableSchema.builder(Order.class)
          .newItemSupplier(Order::new)
          .addAttribute(
              String.class,
              a ->
                  a.name("pk")
                      .getter(Order::getPk)
                      .setter(Order::setPk)
                      .tags(StaticAttributeTags.primaryPartitionKey()))
          .addAttribute(
              String.class,
              a ->
                  a.name("owner")
                      .getter(Order::getOwner)
                      .setter(Order::setOwner)
                      .tags(StaticAttributeTags.secondaryPartitionKey("by_owner")))
          .addAttribute(
              String.class, a -> a.name("text").getter(Order::getText).setter(Order::setText))
          .build();

  private final TenantClients<DynamoDbClient> tables =
      TenantClients.builder(Orders.class, DynamoDbClient::builder).httpClient(acting.wire).build();

  private void asAcme(Consumer<DynamoDbTable<Order>> work) {
    acting.as(
        "acme",
        () ->
            work.accept(
                DynamoDbEnhancedClient.builder()
                    .dynamoDbClient(tables.current())
                    .build()
                    .table("orders", SCHEMA)));
  }

  private static Key key(String pk) {
    return Key.builder().partitionValue(pk).build();
  }

  private static UpdateItemEnhancedRequest<Order> update(Order order, IgnoreNullsMode nulls) {
    return UpdateItemEnhancedRequest.builder(Order.class)
        .item(order)
        .ignoreNullsMode(nulls)
        .build();
  }

  private static void denied(ThrowingCallable call, String rule) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TenantCallDeniedException.class, e -> assertThat(e.rule()).isEqualTo(rule));
  }

  @Test
  void does_what_is_the_tenants() {
    asAcme(
        orders -> {
          orders.getItem(key(OWN));
          orders.putItem(Order.of(OWN, "acme"));
          orders.updateItem(update(Order.of(OWN, null), IgnoreNullsMode.SCALAR_ONLY));
          orders.deleteItem(key(OWN));
          assertThat(orders.query(QueryConditional.keyEqualTo(key(OWN))).items()).isEmpty();
          assertThat(
                  orders.index("by_owner").query(QueryConditional.keyEqualTo(key("acme"))).stream())
              .isNotNull()
              .allMatch(page -> page.items().isEmpty());
        });

    assertThat(acting.wire.sent()).hasSize(6);
  }

  @Test
  void does_nothing_else() {
    asAcme(
        orders -> {
          denied(() -> orders.getItem(key(FOREIGN)), "dynamodb.key");
          denied(() -> orders.putItem(Order.of(FOREIGN, "acme")), "dynamodb.item");
          denied(() -> orders.putItem(Order.of(OWN, "globex")), "dynamodb.item");
          denied(() -> orders.deleteItem(key(FOREIGN)), "dynamodb.key");
          denied(() -> orders.updateItem(Order.of(OWN, "globex")), "dynamodb.update");
          denied(() -> orders.updateItem(Order.of(OWN, null)), "dynamodb.update");
          denied(
              () ->
                  orders.query(QueryConditional.keyEqualTo(key(FOREIGN))).items().stream().count(),
              "dynamodb.condition");
          denied(
              () ->
                  orders
                      .index("by_owner")
                      .query(QueryConditional.keyEqualTo(key("globex")))
                      .stream()
                      .count(),
              "dynamodb.condition");
          denied(() -> orders.scan().items().stream().count(), "dynamodb.operation");
          denied(orders::deleteTable, "dynamodb.operation");
          denied(orders::createTable, "dynamodb.operation");
          denied(orders::describeTable, "dynamodb.operation");
        });

    assertThat(acting.wire.sent()).isEmpty();
  }

  @Test
  void keeps_its_tenant_on_other_threads() {
    asAcme(
        orders ->
            List.of(1, 2, 3, 4).parallelStream()
                .forEach(
                    i ->
                        assertThatCode(() -> orders.getItem(key(OWN))).doesNotThrowAnyException()));

    assertThat(acting.wire.sent()).hasSize(4);
  }
}
