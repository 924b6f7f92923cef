// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency.dynamodb;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.idempotency.dynamodb.DynamoDbStoreException.Reason;
import dev.powertools.idempotency.dynamodb.Transport.Answer;
import dev.powertools.idempotency.dynamodb.Transport.Done;
import dev.powertools.idempotency.dynamodb.Transport.Failed;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.idempotency.spi.Reply;
import dev.powertools.idempotency.spi.Reply.Refused;
import dev.powertools.idempotency.spi.Reply.Written;
import dev.powertools.idempotency.spi.StoredRecord;
import dev.powertools.idempotency.spi.StoredRecord.Content;
import dev.powertools.idempotency.spi.StoredRecord.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Claims and results in an Amazon DynamoDB table, each an item whose layout AWS Powertools reads,
 * too. Each write is one conditional request; a refusal shows the item that refused it, so neither
 * needs another round trip. Thread-safe.
 *
 * <p>Without a client of yours, one is made when the first event needs it: of the runtime's parts,
 * else by region, credentials and endpoint of the environment. So starting costs no round trip,
 * unless {@link DynamoDbOptions.Builder#verifyTable} asks for one. Where the platform takes a
 * snapshot (SnapStart), the client is warmed up before it, and a fresh one is made after it.
 *
 * <p>Needs {@code software.amazon.awssdk:dynamodb} and {@code url-connection-client} on the class
 * path, and the permissions {@code dynamodb:PutItem}, {@code UpdateItem}, {@code DeleteItem} and
 * {@code GetItem} on the table. Every failure is a {@link DynamoDbStoreException}.
 */
public final class DynamoDbStore implements IdempotencyStore {

  private final DynamoDbOptions options;
  private final @Nullable DynamoDbClient given;
  private volatile @Nullable Connection connection;

  private DynamoDbStore(DynamoDbOptions options, @Nullable DynamoDbClient given) {
    this.options = Objects.requireNonNull(options);
    this.given = given;
  }

  /** What depends on the runtime that the store was started in. */
  private record Connection(Transport transport, Layout layout, @Nullable Object held) {}

  /**
   * A store with all defaults.
   *
   * @param table the table's name or ARN
   */
  public static DynamoDbStore of(String table) {
    return of(DynamoDbOptions.of(table));
  }

  /** A store with options. */
  public static DynamoDbStore of(DynamoDbOptions options) {
    return new DynamoDbStore(options, null);
  }

  /**
   * A store with a client of your own, which you close.
   *
   * <p>Let it wait no longer for an answer than a function can: the SDK's own default is half a
   * minute.
   */
  public static DynamoDbStore of(DynamoDbOptions options, DynamoDbClient client) {
    return new DynamoDbStore(options, Objects.requireNonNull(client));
  }

  @Override
  public void start(FunctionRuntime runtime) {
    boolean first = connection == null;
    Connection present = connection(runtime);
    if (first && options.isVerified()) {
      verify(present.transport());
    }
  }

  /** The first runtime counts; without any, as in a plain program, the one in force does. */
  private Connection connection(@Nullable FunctionRuntime starting) {
    Connection present = connection;
    return present != null ? present : connect(starting);
  }

  private synchronized Connection connect(@Nullable FunctionRuntime starting) {
    Connection present = connection;
    if (present == null) {
      FunctionRuntime runtime = starting != null ? starting : FunctionRuntime.current();
      ClassLoader loader = DynamoDbStore.class.getClassLoader();
      SdkPresence.require(SdkPresence.CLIENT, options.table(), loader);
      SdkTransport transport = SdkTransport.of(options, given, runtime);
      String function = runtime.config().variable("AWS_LAMBDA_FUNCTION_NAME").orElse("");
      Layout layout = new Layout(options, function);
      present = new Connection(transport, layout, Snapshots.prepare(transport, layout, runtime));
      connection = present;
    }
    return present;
  }

  private void verify(Transport transport) {
    List<String> problems = TableCheck.problems(options, transport.describe());
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          "The DynamoDB table "
              + options.table()
              + " is not fit for idempotency: "
              + String.join(" And ", problems));
    }
  }

  @Override
  public Reply claim(StoredRecord claim, Instant now) {
    Connection c = connection(null);
    Map<String, Value> item = c.layout().item(claim);
    return reply(claim, () -> c.transport().put(item, c.layout().mayClaim(now)));
  }

  @Override
  public Reply complete(StoredRecord completed, Instant now) {
    try {
      return write(completed);
    } catch (DynamoDbStoreException e) {
      if (e.reason() != Reason.TOO_LARGE || completed.content() == Content.NOT_KEPT) {
        throw e;
      }
      // The work is done whatever its result's size; without a record it would be done again.
      return write(completed.toBuilder().content(Content.NOT_KEPT).data(null).build());
    }
  }

  private Reply write(StoredRecord completed) {
    Connection c = connection(null);
    Layout.Update update = c.layout().complete(completed);
    Map<String, Value> key = c.layout().key(completed);
    return reply(completed, () -> c.transport().update(key, update.update(), update.expressions()));
  }

  @Override
  public Reply release(StoredRecord claim, Instant now) {
    Connection c = connection(null);
    Map<String, Value> key = c.layout().key(claim);
    return reply(claim, () -> c.transport().delete(key, c.layout().mayRelease(claim)));
  }

  /** A refusal that shows nothing may be by nothing, or by an item that was not sent along. */
  private Reply reply(StoredRecord written, Supplier<Answer> request) {
    Connection c = connection(null);
    Answer answer = asked(c.transport(), request);
    if (answer instanceof Done done) {
      return new Written(done.before().flatMap(c.layout()::readIfPossible));
    }
    Optional<Map<String, Value>> existing =
        ((Failed) answer).existing().or(() -> c.transport().get(c.layout().key(written)));
    return new Refused(existing.map(c.layout()::read));
  }

  private Answer asked(Transport transport, Supplier<Answer> request) {
    try {
      return request.get();
    } catch (DynamoDbStoreException e) {
      throw e.reason() == Reason.WRONG_KEYS ? diagnosed(transport, e) : e;
    }
  }

  /** Says what the table's keys are, if we may know. */
  private DynamoDbStoreException diagnosed(Transport transport, DynamoDbStoreException failure) {
    try {
      return TableCheck.keys(options, transport.describe())
          .map(
              problem ->
                  new DynamoDbStoreException(
                      Reason.WRONG_KEYS, failure.getMessage() + " Looked up: " + problem, failure))
          .orElse(failure);
    } catch (DynamoDbStoreException unknown) {
      failure.addSuppressed(unknown);
      return failure;
    }
  }

  /**
   * The completion as a part of a transaction, so that the writes of the work and its completion
   * are committed together: {@code client.transactWriteItems(t -> t.transactItems(mine, this))}.
   * Then the work is done exactly once, wherever the process stops. A transaction that is cancelled
   * because of this part ({@code ConditionalCheckFailed}) has lost its claim, and has changed
   * nothing.
   *
   * @param completion the record that completes the work, of status {@code COMPLETED}
   * @throws IllegalArgumentException if it is in progress, or has no owner
   */
  public TransactWriteItem transactWriteItem(StoredRecord completion) {
    if (completion.status() != Status.COMPLETED || completion.owner().isEmpty()) {
      throw new IllegalArgumentException("Only a completion by its owner can be: " + completion);
    }
    Layout layout = connection(null).layout();
    return SdkRequests.transacted(
        options.table(), layout.key(completion), layout.complete(completion));
  }

  @Override
  public int maxDataBytes() {
    return Layout.maxDataBytes(options);
  }

  @Override
  public String toString() {
    return "DynamoDbStore of the table " + options.table();
  }
}
