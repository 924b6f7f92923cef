// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.resource.DeclaredTable;
import dev.powertools.tenancy.resource.ResourceName;
import dev.powertools.tenancy.resource.TenantResources;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * Compares the tables of an isolation with what it declares of them: the guard believes the
 * declarations, so an index that is not declared, or another key, is a hole in it. For a test that
 * runs where the tables are, or once while a function starts. Stateless.
 *
 * <p>DynamoDB knows names and types of keys, not what their values look like: formats can't be
 * verified so. Needs {@code software.amazon.awssdk:dynamodb} and the permission {@code
 * dynamodb:DescribeTable}.
 */
public final class TableVerifier {

  private TableVerifier() {}

  /**
   * Verifies all tables.
   *
   * @param isolation the type with the annotations
   * @param system a client that is bound to no tenant
   * @param tenants for whom to look at tables that have the tenant in their name
   * @throws ConfigurationException naming each difference and how to mend it, if there is any, or
   *     if a table can't be looked at
   */
  public static void verify(Class<?> isolation, DynamoDbClient system, TenantId... tenants) {
    List<String> problems = new ArrayList<>();
    List<SdkException> causes = new ArrayList<>();
    for (DeclaredTable table : TenantResources.of(isolation, FunctionRuntime.current()).tables()) {
      List<String> names = names(table.name(), tenants);
      if (names.isEmpty()) {
        problems.add(
            "Each tenant has a table "
                + table.name().name()
                + " of its own. Name a tenant whose table is to be verified.");
      }
      for (String name : names) {
        try {
          problems.addAll(new TableDifferences(table, name).of(describe(name, system)));
        } catch (SdkException e) {
          problems.add(unseen(name, e));
          causes.add(e);
        }
      }
    }
    refuse(isolation, problems, causes);
  }

  private static List<String> names(ResourceName name, TenantId... tenants) {
    if (!name.isSilo()) {
      return List.of(address(name, name.name()));
    }
    List<String> names = new ArrayList<>();
    for (TenantId tenant : tenants) {
      names.add(address(name, name.name().replace("{tenant}", tenant.value())));
    }
    return names;
  }

  /** DynamoDB takes an ARN for a name; only that tells of another account. */
  private static String address(ResourceName name, String table) {
    return name.account() == null
        ? table
        : "arn:aws:dynamodb:" + name.region() + ":" + name.account() + ":table/" + table;
  }

  private static TableDescription describe(String name, DynamoDbClient system) {
    return LibraryCall.run(() -> system.describeTable(r -> r.tableName(name))).table();
  }

  private static String unseen(String name, SdkException failure) {
    return failure instanceof ResourceNotFoundException
        ? "There is no table "
            + name
            + " in the client's region and account. Create it, or correct the name."
        : "The table "
            + name
            + " could not be looked at: "
            + failure.getMessage()
            + " The client needs the permission dynamodb:DescribeTable.";
  }

  private static void refuse(Class<?> isolation, List<String> problems, List<SdkException> causes) {
    if (problems.isEmpty()) {
      return;
    }
    ConfigurationException all =
        new ConfigurationException(
            "The tables are not what "
                + isolation.getName()
                + " declares:\n- "
                + String.join("\n- ", problems));
    causes.forEach(all::addSuppressed);
    throw all;
  }
}
