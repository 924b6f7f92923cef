// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionHandler;
import dev.powertools.idempotency.Idempotency;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.local.FunctionInitException;
import dev.powertools.local.aws.Aws;
import dev.powertools.local.aws.AwsCall;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestStore.Operation;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A function whose table is named by its environment, under the harness. */
@FunctionTest
@ExtendWith(Tables.Extension.class)
class DynamoDbHarnessTest {

  private static final String TABLE = "POWERTOOLS_IDEMPOTENCY_TABLE";

  private final AtomicInteger charged = new AtomicInteger();

  /** Charges once for each order. */
  public static final class Charging extends FunctionHandler<String, String> {
    private final Idempotency charge = Idempotency.of("charge");
    private final AtomicInteger charged;

    Charging(AtomicInteger charged) {
      this.charged = charged;
    }

    @Override
    protected String handle(String orderId, Context context) {
      return charge.execute(orderId, String.class, () -> "receipt " + charged.incrementAndGet());
    }
  }

  private TestFunction charging(Functions functions) {
    return functions.function(Charging.class, () -> new Charging(charged));
  }

  @Test
  void has_the_store_of_the_test(Functions functions) {
    TestFunction function = charging(functions.environment(TABLE, "claims"));

    assertThat(function.invoke("o-1").as(String.class)).isEqualTo("receipt 1");
    assertThat(function.cold().invoke("o-1").as(String.class)).isEqualTo("receipt 1");
    assertThat(functions.store().calls())
        .containsExactly(Operation.CLAIM, Operation.COMPLETION, Operation.CLAIM);
  }

  // region own
  @Test
  void has_its_own_table_on_dynamodb_local_if_the_test_says_so(Functions functions, Tables tables) {
    String table = tables.create();
    TestFunction function =
        charging(
            functions
                .environment("POWERTOOLS_IDEMPOTENCY_TABLE", table)
                .environment("AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint().toString())
                .withOwn(IdempotencyStore.class));

    assertThat(function.invoke("o-1").as(String.class)).isEqualTo("receipt 1");
    assertThat(function.cold().invoke("o-1").as(String.class)).isEqualTo("receipt 1");
    assertThat(tables.client().scan(r -> r.tableName(table)).count()).isEqualTo(1);
  }

  // endregion

  @Test
  void takes_two_round_trips_for_the_first_run_and_one_for_a_replay(
      Functions functions, Tables tables, Aws aws) {
    aws.endpoint("dynamodb", tables.endpoint());
    TestFunction function =
        charging(
            functions
                .environment(TABLE, tables.create())
                .with(DynamoDbClient.class, aws.client(DynamoDbClient.builder()))
                .withOwn(IdempotencyStore.class));

    function.invoke("o-1");
    function.cold().invoke("o-1");

    assertThat(aws.requests())
        .extracting(AwsCall::operation)
        .containsExactly("PutItem", "UpdateItem", "PutItem");
    assertThat(charged).hasValue(1);
  }

  @Test
  void fails_before_any_work_if_the_table_is_missing(Functions functions, Tables tables) {
    TestFunction function =
        charging(
            functions
                .environment(TABLE, "nowhere")
                .environment("AWS_ENDPOINT_URL_DYNAMODB", tables.endpoint().toString())
                .withOwn(IdempotencyStore.class));

    assertThat(function.invoke("o-1").error())
        .hasValueSatisfying(
            error ->
                assertThat(error.message())
                    .contains("the DynamoDB table nowhere", "POWERTOOLS_IDEMPOTENCY_TABLE"));
    assertThat(charged).hasValue(0);
  }

  @Test
  void has_no_store_of_its_own_without_the_table(Functions functions) {
    TestFunction function = charging(functions.withOwn(IdempotencyStore.class));

    assertThatThrownBy(() -> function.invoke("o-1"))
        .isInstanceOf(FunctionInitException.class)
        .hasMessageContaining("or set POWERTOOLS_IDEMPOTENCY_TABLE");
  }
}
