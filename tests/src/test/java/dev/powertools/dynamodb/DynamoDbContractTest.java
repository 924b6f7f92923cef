// SPDX-License-Identifier: Apache-2.0
package dev.powertools.dynamodb;

import dev.powertools.idempotency.dynamodb.DynamoDbOptions;
import dev.powertools.idempotency.dynamodb.DynamoDbStore;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.testing.contract.IdempotencyStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The contract of stores, on DynamoDB Local. */
class DynamoDbContractTest {

  // region contract
  @Nested
  @ExtendWith(Tables.Extension.class)
  class The_store_with_all_defaults extends IdempotencyStoreContract {
    private final DynamoDbStore store;

    The_store_with_all_defaults(Tables tables) {
      store = DynamoDbStore.of(DynamoDbOptions.of(tables.create()), tables.client());
    }

    @Override
    protected IdempotencyStore store() {
      return store;
    }
  }

  // endregion

  @Nested
  @ExtendWith(Tables.Extension.class)
  class The_store_with_names_of_its_own_and_a_sort_key extends IdempotencyStoreContract {
    private final DynamoDbStore store;

    The_store_with_names_of_its_own_and_a_sort_key(Tables tables) {
      String table = tables.create("pk", ScalarAttributeType.S, "sk");
      store =
          DynamoDbStore.of(
              DynamoDbOptions.builder(table)
                  .keyAttribute("pk")
                  .sortKeyAttribute("sk")
                  .expiryAttribute("ttl")
                  .leaseAttribute("until")
                  .statusAttribute("state")
                  .dataAttribute("value")
                  .validationAttribute("hash")
                  .build(),
              tables.client());
    }

    @Override
    protected IdempotencyStore store() {
      return store;
    }
  }
}
