// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.core.Timing;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * AWS as one test sees it: real clients of the SDK, with its serialisation, signatures and retries,
 * over a network that is the test's own. Scripts say what goes wrong, services answer from memory
 * or from a part on this machine, every round trip is recorded, and nothing reaches the cloud.
 *
 * <pre>{@code
 * aws.on("dynamodb", "PutItem").throttle(2).then().latency(ofMillis(800));
 * functions.with(DynamoDbClient.class, aws.client(DynamoDbClient.builder()));
 * }</pre>
 *
 * <p>Services go by their signing names: {@code dynamodb}, {@code sqs}, {@code s3}, {@code sts},
 * {@code lambda}, {@code events}. Thread-safe.
 */
public final class Aws implements AutoCloseable {

  /** The access key that the clients of a test sign with; it is no account's. */
  public static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";

  private final Timing timing;
  private final OperationNames operations = new OperationNames();
  private final TestClients clients;
  private final Map<String, Backend> backends = new ConcurrentHashMap<>();
  private final List<AwsScript> scripts = new CopyOnWriteArrayList<>();
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
  private final List<SdkHttpClient> opened = new CopyOnWriteArrayList<>();
  private volatile Duration readTimeout = Duration.ofSeconds(30);

  private Aws(Timing timing) {
    this.timing = timing;
    this.clients = new TestClients(timing, operations);
  }

  /**
   * Starts with nothing behind it.
   *
   * @param timing what latency and timeouts are on; on a {@link dev.powertools.local.VirtualClock}
   *     the SDK's backoff and its timeouts take no time either
   */
  public static Aws start(Timing timing) {
    return new Aws(Objects.requireNonNull(timing));
  }

  /** Begins a script for all operations of a service, or of all services by {@code "*"}. */
  public AwsScript on(String service) {
    return on(service, "*");
  }

  /**
   * Begins a script for one operation. Of several scripts for a request, the first that is not at
   * its end has it.
   *
   * @param service such as {@code dynamodb}, in any case; {@code "*"} is any
   * @param operation such as {@code PutItem}; {@code "*"} is any
   */
  public AwsScript on(String service, String operation) {
    AwsScript script =
        new AwsScript(Objects.requireNonNull(service), Objects.requireNonNull(operation));
    scripts.add(script);
    return script;
  }

  /** Has a service answered from memory. */
  public Aws serve(String service, AwsService answers) {
    Objects.requireNonNull(answers);
    backends.put(name(service), answers::answer);
    return this;
  }

  /**
   * Has the requests to a service sent on to a part on this machine, such as DynamoDB Local or
   * ElasticMQ. It must not check signatures, since they are of another address.
   */
  public Aws endpoint(String service, URI address) {
    if (address.getHost() == null || address.getPort() < 0) {
      throw new IllegalArgumentException(
          "The endpoint of " + service + " must look like http://localhost:8000, not: " + address);
    }
    SdkHttpClient client = UrlConnectionHttpClient.create();
    opened.add(client);
    backends.put(name(service), HttpBackend.to(address, client));
    return this;
  }

  /**
   * How long the HTTP clients made after this wait for an answer, on the test's time; 30 seconds by
   * default, as those of the SDK. Set it as in production.
   */
  public Aws readTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("A timeout must be longer than " + timeout);
    }
    readTimeout = timeout;
    return this;
  }

  /**
   * A client of the SDK over this network, as {@link #client(AwsClientBuilder, Consumer)} without
   * settings.
   */
  public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return client(builder, settings -> {});
  }

  /**
   * A client of the SDK over this network, synchronous or asynchronous. Region ({@code us-east-1})
   * and credentials are set, which the settings may change, as they may set retries and timeouts.
   *
   * <p>Retries are those of the SDK. On virtual time its backoff moves the test's clock instead of
   * sleeping, without jitter (doubling from 100 ms, from 500 ms if throttled, to 20 s) unless the
   * settings bring a retry strategy; and its timeouts are on that clock. The timeout of an
   * asynchronous attempt ends it as the HTTP client's own timeout.
   *
   * @param builder the service's, as from {@code DynamoDbClient.builder()}
   * @param settings what is to differ
   */
  public <B extends AwsClientBuilder<B, C>, C> C client(B builder, Consumer<? super B> settings) {
    return clients.build(builder, settings, timeout -> wire(timeout, null), readTimeout);
  }

  /**
   * Wraps an HTTP client of one's own: scripts and services of this test are above it, the rest
   * goes through it. Its requests are told apart by what stands on the wire. Closing the wrapper
   * leaves the client open.
   */
  public SdkHttpClient wrap(SdkHttpClient client) {
    return new AwsHttpClient(wire(readTimeout, HttpBackend.asItIs(client)));
  }

  /** This network, for a synchronous client of the SDK that the code under test builds. */
  public SdkHttpClient httpClient() {
    return new AwsHttpClient(wire(readTimeout, null));
  }

  /** This network, for an asynchronous client of the SDK that the code under test builds. */
  public SdkAsyncHttpClient asyncHttpClient() {
    return new AwsAsyncHttpClient(wire(readTimeout, null));
  }

  /** The round trips so far, in the order in which they were sent. */
  public List<AwsCall> requests() {
    return List.copyOf(calls);
  }

  /** The round trips to one service so far. */
  public List<AwsCall> requests(String service) {
    return calls.stream().filter(call -> call.service().equalsIgnoreCase(service)).toList();
  }

  /** The round trips of one operation so far. */
  public List<AwsCall> requests(String service, String operation) {
    return requests(service).stream()
        .filter(call -> call.operation().equalsIgnoreCase(operation))
        .toList();
  }

  private Wire wire(Duration timeout, @Nullable Backend through) {
    Waits waits = new Waits(timing, timeout);
    return (http, body) -> send(recognised(http, body), waits, through);
  }

  private AwsRequest recognised(SdkHttpRequest http, byte[] body) {
    String service = Recognition.service(http);
    return new AwsRequest(service, operations.of(service, http, body), http, body);
  }

  private AwsAnswer send(AwsRequest request, Waits waits, @Nullable Backend through)
      throws IOException {
    AwsCall call = new AwsCall(request, Recognition.attempt(request.http()), timing.now());
    calls.add(call);
    AwsScript.Taken step = step(request);
    try {
      AwsAnswer answer =
          step.fault().apply(new Fault.Passage(request, waits, asked -> behind(asked, through)));
      call.answered(step.name(), answer);
      return answer;
    } catch (IOException | RuntimeException e) {
      call.failed(step.name(), e);
      throw e;
    }
  }

  private AwsScript.Taken step(AwsRequest request) {
    for (AwsScript script : scripts) {
      AwsScript.Taken taken = script.take(request);
      if (taken != null) {
        return taken;
      }
    }
    return AwsScript.PASS;
  }

  private AwsAnswer behind(AwsRequest request, @Nullable Backend through) throws IOException {
    Backend served = backends.getOrDefault(request.service(), through);
    if (served == null) {
      throw new UnansweredAwsRequestException(request.service(), request.operation());
    }
    return served.answer(request);
  }

  private static String name(String service) {
    return service.toLowerCase(Locale.ROOT);
  }

  /**
   * Checks that every step of the scripts was taken, but for those that are optional.
   *
   * @throws AssertionError naming those that were not, and the operations that were seen
   */
  public void verify() {
    List<String> idle = new ArrayList<>();
    for (AwsScript script : scripts) {
      script.untaken().forEach(step -> idle.add(script + ": " + step));
    }
    if (!idle.isEmpty()) {
      throw new AssertionError(
          "Scripted, but it never happened:\n  "
              + String.join("\n  ", idle)
              + "\nSeen: "
              + seen()
              + ". Correct the names, or say .optional() if it need not happen.");
    }
  }

  private String seen() {
    TreeSet<String> names = new TreeSet<>();
    calls.forEach(call -> names.add(call.request().toString()));
    return names.isEmpty() ? "no request at all" : String.join(", ", names);
  }

  /**
   * Ends the test: checks as {@link #verify} does.
   *
   * @throws AssertionError if a script was not used
   */
  @Override
  public void close() {
    opened.forEach(SdkHttpClient::close);
    verify();
  }
}
