// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Timing;
import dev.powertools.core.internal.Scope;
import dev.powertools.idempotency.spi.IdempotencyStore;
import dev.powertools.local.aws.Aws;
import dev.powertools.logging.SinkCapture;
import dev.powertools.logging.spi.LogSink;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.TenantNetwork;
import dev.powertools.tenancy.envelope.EnvelopeKey;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * What a test needs of the features that are on its class path. Each feature is optional, so each
 * is touched by a class of its own, which loads only if the feature is there.
 */
final class Features {

  private static final String IDEMPOTENCY = "dev.powertools.idempotency.spi.IdempotencyStore";
  private static final String TENANCY = "dev.powertools.tenancy.envelope.EnvelopeKeys";

  private Features() {}

  static void standIn(TestRuntimes runtimes, FunctionLogs logs, TestClock clock, Aws aws) {
    if (isPresent("dev.powertools.logging.spi.LogSink")) {
      OfLogging.standIn(runtimes, logs);
    }
    if (isPresent(IDEMPOTENCY)) {
      OfIdempotency.standIn(runtimes, clock);
    }
    if (isPresent(TENANCY)) {
      OfTenancy.standIn(runtimes);
      OfGuard.standIn(runtimes, aws);
    }
    if (isPresent("software.amazon.awssdk.services.sts.StsClient")) {
      OfSts.standIn(runtimes, aws);
    }
  }

  /** The envelope by which a tenant sends a message to a queue. */
  static String envelope(FunctionRuntime runtime, String tenant, String queueArn, String body) {
    if (!isPresent(TENANCY)) {
      throw new IllegalStateException(
          "There are no envelopes: powertools-tenancy is not on the class path of the test. Add it"
              + " as a dependency.");
    }
    return OfTenancy.envelope(runtime, tenant, queueArn, body);
  }

  /** Gives the functions of a test an SDK of their own; {@code false} if there is none. */
  static boolean standInSpans(TestRuntimes runtimes, Spans spans, Timing timing) {
    boolean present = isPresent("io.opentelemetry.sdk.OpenTelemetrySdk");
    if (present) {
      SpanRecorder.standIn(runtimes, spans, timing);
    }
    return present;
  }

  static TestStore store(FunctionRuntime runtime) {
    if (!isPresent(IDEMPOTENCY)) {
      throw new IllegalStateException(
          "There is no TestStore: powertools-idempotency is not on the class path of the test. Add"
              + " it as a dependency.");
    }
    return OfIdempotency.testStore(runtime);
  }

  /** The idempotency store that a runtime has; empty also if there is no such feature. */
  static Optional<Object> anyStore(FunctionRuntime runtime) {
    return isPresent(IDEMPOTENCY) ? OfIdempotency.store(runtime) : Optional.empty();
  }

  /** The event with a proof of the tenant; null if its handler takes none from events. */
  static byte @Nullable [] proveTenant(String handler, byte[] event, String tenant) {
    return isPresent("dev.powertools.tenancy.TenantIsolated")
        ? TenantProof.of(handler).prove(event, tenant)
        : null;
  }

  static boolean isPresent(String className) {
    try {
      Class.forName(className, false, Features.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static final class OfGuard {

    private OfGuard() {}

    static void standIn(TestRuntimes runtimes, Aws aws) {
      runtimes.standIn(TenantNetwork.class, () -> new HarnessNetwork(aws));
    }
  }

  private static final class OfSts {

    private OfSts() {}

    static void standIn(TestRuntimes runtimes, Aws aws) {
      runtimes.standIn(StsClient.class, () -> aws.client(StsClient.builder()));
    }
  }

  private static final class OfLogging {

    private OfLogging() {}

    static void standIn(TestRuntimes runtimes, FunctionLogs logs) {
      SinkCapture.install();
      LogSink sink = (line, invocation) -> logs.add(line);
      runtimes.standIn(LogSink.class, () -> sink);
    }
  }

  private static final class OfIdempotency {

    private OfIdempotency() {}

    static void standIn(TestRuntimes runtimes, TestClock clock) {
      TestStore store = TestStore.inMemory(clock);
      runtimes.standIn(TestStore.class, () -> store);
      runtimes.standIn(IdempotencyStore.class, () -> store);
      runtimes.madeBy("POWERTOOLS_IDEMPOTENCY_TABLE", IdempotencyStore.class);
    }

    static Optional<Object> store(FunctionRuntime runtime) {
      return runtime.part(IdempotencyStore.class).map(Object.class::cast);
    }

    /** The one in use if it is a test's, else the one that nobody uses. */
    static TestStore testStore(FunctionRuntime runtime) {
      return runtime
          .part(IdempotencyStore.class)
          .filter(TestStore.class::isInstance)
          .map(TestStore.class::cast)
          .or(() -> runtime.part(TestStore.class))
          .orElseThrow();
    }
  }

  private static final class OfTenancy {

    private static final String KEY = "the key of all tests, and no secret";

    private OfTenancy() {}

    static void standIn(TestRuntimes runtimes) {
      EnvelopeKeys keys =
          EnvelopeKeys.of(EnvelopeKey.of("test", KEY.getBytes(StandardCharsets.UTF_8)));
      runtimes.standIn(EnvelopeKeys.class, () -> keys);
      runtimes.madeBy(EnvelopeKeys.VARIABLE, EnvelopeKeys.class);
    }

    static String envelope(FunctionRuntime runtime, String tenant, String queueArn, String body) {
      try (Scope.Attached ignored = Scope.of(runtime).attach()) {
        return TenantEnvelope.sign(TenantId.of(tenant), new Message(queueArn, body));
      }
    }
  }
}
