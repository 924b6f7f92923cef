// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.Disposition;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Work;
import dev.powertools.tenancy.aws.TenantNetwork;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

class AssumeRoleVendorTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/tenants";
  private static final String FUNCTION_KEY = "ASIAFUNCTION";
  private static final TenantId ACME = TenantId.of("acme");
  private static final TenantId GLOBEX = TenantId.of("globex");

  private final TestTiming clock = new TestTiming();
  private final StsServer sts = new StsServer(clock::now);
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "AWS_REGION", "eu-central-1",
              "AWS_ACCESS_KEY_ID", FUNCTION_KEY,
              "AWS_SECRET_ACCESS_KEY", "secret",
              "AWS_SESSION_TOKEN", "token",
              "AWS_ENDPOINT_URL_STS", sts.address().toString()));
  private final Work work =
      Work.of(FunctionRuntime.builder().timing(clock).config(Config.of(environment)));

  @AfterEach
  void stop() {
    sts.close();
  }

  private AssumeRoleVendor vendor(FunctionRuntime runtime) {
    return AssumeRoleVendor.builder(ROLE).build(() -> runtime);
  }

  private AwsSessionCredentials resolved(CredentialVendor vendor, TenantId tenant) {
    return (AwsSessionCredentials) vendor.provider(tenant).resolveCredentials();
  }

  /** The key of the credentials, which tells by which call they were issued. */
  private String key(CredentialVendor vendor, TenantId tenant) {
    return resolved(vendor, tenant).accessKeyId();
  }

  private TenantCredentialsUnavailableException failure(CredentialVendor vendor) {
    return catchThrowableOfType(
        TenantCredentialsUnavailableException.class, () -> resolved(vendor, ACME));
  }

  @Nested
  class What_is_asked_of_sts {

    @Test
    void the_tenant_is_a_transitive_session_tag() {
      resolved(vendor(work.runtime()), ACME);

      assertThat(sts.calls())
          .singleElement()
          .satisfies(
              call ->
                  assertThat(call)
                      .containsEntry("Action", "AssumeRole")
                      .containsEntry("RoleArn", ROLE)
                      .containsEntry("RoleSessionName", "t-acme")
                      .containsEntry("DurationSeconds", "3600")
                      .containsEntry("Tags.member.1.Key", "TenantId")
                      .containsEntry("Tags.member.1.Value", "acme")
                      .containsEntry("TransitiveTagKeys.member.1", "TenantId")
                      .containsEntry("signer", FUNCTION_KEY)
                      .doesNotContainKeys(
                          "Tags.member.2.Key", "TransitiveTagKeys.member.2", "Policy"));
    }

    @Test
    void its_name_can_be_another_and_others_can_be_beside_it() {
      CredentialVendor vendor =
          AssumeRoleVendor.builder(ROLE)
              .tag("customer")
              .sessionTag("Stage", "prod")
              .duration(Duration.ofMinutes(15))
              .policy("{}")
              .build(work::runtime);

      resolved(vendor, ACME);

      assertThat(sts.calls().get(0))
          .containsEntry("Tags.member.1.Key", "customer")
          .containsEntry("Tags.member.2.Key", "Stage")
          .containsEntry("Tags.member.2.Value", "prod")
          .containsEntry("TransitiveTagKeys.member.1", "customer")
          .containsEntry("DurationSeconds", "900")
          .containsEntry("Policy", "{}")
          .doesNotContainKey("TransitiveTagKeys.member.2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 62})
    void the_name_of_the_session_fits_for_ids_of_any_length(int length) {
      resolved(vendor(work.runtime()), TenantId.of("a".repeat(length)));

      assertThat(sts.calls().get(0).get("RoleSessionName")).matches("[\\w+=,.@-]{2,64}");
    }

    @Test
    void it_is_the_toolkits_own_call_by_the_runtimes_client() {
      List<Boolean> marked = new ArrayList<>();
      ExecutionInterceptor net =
          new ExecutionInterceptor() {
            @Override
            public void beforeExecution(
                Context.BeforeExecution context, ExecutionAttributes attributes) {
              marked.add(LibraryCall.isRunning());
            }
          };
      try (StsClient own =
          StsClient.builder()
              .endpointOverride(sts.address())
              .region(Region.EU_CENTRAL_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOWN", "secret")))
              .httpClientBuilder(UrlConnectionHttpClient.builder())
              .overrideConfiguration(c -> c.addExecutionInterceptor(net))
              .build()) {
        FunctionRuntime runtime =
            FunctionRuntime.builder()
                .timing(clock)
                .config(Config.of(Map.of("AWS_REGION", "eu-central-1")))
                .part(StsClient.class, own)
                .build();

        sts.script(
            call ->
                sts.issued(
                    "arn:aws:sts::1:assumed-role/tenants/t-acme", clock.now().plusSeconds(900), 1));
        resolved(vendor(runtime), ACME);
      }

      assertThat(marked).containsExactly(true);
    }
  }

  @Nested
  class Over_a_network_that_the_runtime_was_given {

    @Test
    void sts_is_asked_there_with_its_credentials() {
      try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
        FunctionRuntime runtime =
            FunctionRuntime.builder()
                .timing(clock)
                .config(Config.of(Map.of()))
                .part(TenantNetwork.class, new Network(http, sts.address()))
                .build();

        assertThat(key(vendor(runtime), ACME)).isEqualTo("ASIA1");
        assertThat(key(vendor(runtime), GLOBEX)).isEqualTo("ASIA2");
      }
      assertThat(sts.calls())
          .extracting(call -> call.get("signer"))
          .containsExactly("AKIANETWORK", "AKIANETWORK");
    }

    /** A test's own. */
    private record Network(SdkHttpClient httpClient, URI sts) implements TenantNetwork {

      @Override
      public SdkAsyncHttpClient asyncHttpClient() {
        throw new AssertionError("STS is asked synchronously");
      }

      @Override
      public Region region() {
        return Region.EU_WEST_1;
      }

      @Override
      public Optional<URI> endpoint(String service) {
        return service.equals("sts") ? Optional.of(sts) : Optional.empty();
      }

      @Override
      public AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIANETWORK", "s"));
      }
    }
  }

  @Nested
  class What_is_kept {

    private final AssumeRoleVendor vendor = vendor(work.runtime());

    @Test
    void credentials_are_used_until_five_minutes_before_they_expire() {
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
      clock.forward(Duration.ofMinutes(55).minusNanos(1));
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
      clock.forward(Duration.ofNanos(1));
      assertThat(key(vendor, ACME)).isEqualTo("ASIA2");
      assertThat(key(vendor, ACME)).isEqualTo("ASIA2");
    }

    @Test
    void each_tenant_has_its_own() {
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
      assertThat(key(vendor, GLOBEX)).isEqualTo("ASIA2");
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
      assertThat(sts.calls())
          .extracting(call -> call.get("Tags.member.1.Value"))
          .containsExactly("acme", "globex");
    }

    @Test
    void each_role_tag_and_policy_has_its_own_and_vendors_share_what_is_the_same() {
      List<AssumeRoleVendor.Builder> vendors =
          List.of(
              AssumeRoleVendor.builder(ROLE),
              AssumeRoleVendor.builder(ROLE + "2"),
              AssumeRoleVendor.builder(ROLE).tag("customer"),
              AssumeRoleVendor.builder(ROLE).sessionTag("Stage", "prod"),
              AssumeRoleVendor.builder(ROLE).sessionTag("Stage", "test"),
              AssumeRoleVendor.builder(ROLE).policy("{}"),
              AssumeRoleVendor.builder(ROLE).policy("{ }"));

      assertThat(vendors)
          .extracting(each -> key(each.build(work::runtime), ACME))
          .doesNotHaveDuplicates();
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
    }

    @Test
    void expired_ones_are_replaced_by_those_of_the_same_tenant_in_the_middle_of_an_invocation() {
      var provider = vendor.provider(ACME);
      provider.resolveCredentials();
      key(vendor, GLOBEX);
      clock.forward(Duration.ofHours(2));

      assertThat(provider.resolveCredentials().accessKeyId()).isEqualTo("ASIA3");
      assertThat(sts.calls().get(2)).containsEntry("Tags.member.1.Value", "acme");
    }

    @Test
    void purged_ones_are_asked_for_anew_also_by_providers_that_were_handed_out() {
      var provider = vendor.provider(ACME);
      provider.resolveCredentials();
      key(vendor, GLOBEX);

      vendor.purge(ACME);

      assertThat(provider.resolveCredentials().accessKeyId()).isEqualTo("ASIA3");
      assertThat(key(vendor, GLOBEX)).isEqualTo("ASIA2");
    }

    @Test
    void a_million_tenants_take_no_more_room_than_a_thousand() {
      CredentialCache cache = CredentialCache.of(work.runtime());
      Minted minted =
          new Minted(
              AwsSessionCredentials.create("a", "s", "t"), clock.now().plus(Duration.ofHours(1)));
      for (int i = 0; i < 2_000; i++) {
        TenantId tenant = TenantId.of("t" + i);
        cache.get(new CredentialKey(ROLE, tenant, Map.of(), "", ""), () -> minted);
      }

      assertThat(cache).hasToString("credentials of 1024 keys");
    }

    @Test
    void a_hundred_threads_need_one_call() throws Exception {
      CountDownLatch asked = new CountDownLatch(1);
      sts.script(
          call -> {
            await(asked);
            return sts.issued(call);
          });
      List<Thread> threads = new ArrayList<>();
      List<Future<String>> keys = new ArrayList<>();
      ExecutorService pool =
          Executors.newFixedThreadPool(
              100,
              task -> {
                Thread thread = new Thread(task);
                threads.add(thread);
                return thread;
              });
      try {
        for (int i = 0; i < 100; i++) {
          keys.add(pool.submit(() -> key(vendor, ACME)));
        }
        // all but the one on the wire
        while (threads.stream().filter(t -> t.getState() == Thread.State.WAITING).count() < 99) {
          Thread.onSpinWait();
        }
        asked.countDown();
        for (Future<String> key : keys) {
          assertThat(key.get()).isEqualTo("ASIA1");
        }
      } finally {
        pool.shutdownNow();
      }
      assertThat(sts.calls()).hasSize(1);
    }

    @Test
    void while_one_renews_them_early_others_go_on_with_the_old_ones() throws Exception {
      key(vendor, ACME);
      clock.forward(Duration.ofMinutes(56));
      CountDownLatch arrived = new CountDownLatch(1);
      CountDownLatch mayAnswer = new CountDownLatch(1);
      sts.script(
          call -> {
            arrived.countDown();
            await(mayAnswer);
            return sts.issued(call);
          });
      ExecutorService pool = Executors.newSingleThreadExecutor();
      try {
        Future<String> renewing = pool.submit(() -> key(vendor, ACME));
        arrived.await();
        assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
        mayAnswer.countDown();
        assertThat(renewing.get()).isEqualTo("ASIA2");
      } finally {
        pool.shutdownNow();
      }
      assertThat(key(vendor, ACME)).isEqualTo("ASIA2");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Nested
  class What_goes_wrong {

    private final AssumeRoleVendor vendor = vendor(work.runtime());

    @ParameterizedTest
    @CsvSource({
      "500, InternalFailure, the next call tries again",
      "400, Throttling, the next call tries again",
      "403, AccessDenied, sts:TagSession",
      "400, PackedPolicyTooLarge, the next call tries again"
    })
    void an_error_of_sts_is_thrown_and_is_to_be_retried_later(
        int status, String code, String advice) {
      sts.script(call -> StsServer.error(status, code));

      TenantCredentialsUnavailableException failure = failure(vendor);

      assertThat(failure)
          .hasMessageContaining(ROLE)
          .hasMessageContaining(advice)
          .hasMessageContaining("the function's own role was not used")
          .hasMessageNotContaining("acme");
      assertThat(failure.disposition()).isEqualTo(Disposition.RETRY_LATER);
      assertThat(failure.httpProblem().orElseThrow().status()).isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<", "{\"no\": \"xml\"}", "<AssumeRoleResponse/>", "<html></html>"})
    void what_is_not_an_answer_is_a_failure(String body) {
      sts.script(call -> new StsServer.Answer(200, body));

      assertThat(failure(vendor)).hasMessageContaining("could not be had from STS");
    }

    @Test
    void credentials_that_expired_already_are_a_failure() {
      sts.script(call -> sts.issued("arn:aws:sts::1:assumed-role/r/t-acme", clock.now(), 1));

      assertThat(failure(vendor)).hasMessageContaining("credentials that expired at 2026-11-21");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t-globex", "t-acme2", "xt-acme", ""})
    void credentials_of_another_session_are_a_failure(String session) {
      sts.script(
          call ->
              sts.issued(
                  "arn:aws:sts::1:assumed-role/r/" + session, clock.now().plusSeconds(900), 1));

      assertThat(failure(vendor)).hasMessageContaining("for another session");
    }

    @Test
    void an_answer_that_takes_too_long_is_a_failure() {
      CountDownLatch end = new CountDownLatch(1);
      sts.script(
          call -> {
            await(end);
            return sts.issued(call);
          });
      try (StsClient hasty =
          StsClient.builder()
              .endpointOverride(sts.address())
              .region(Region.EU_CENTRAL_1)
              .credentialsProvider(
                  StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOWN", "secret")))
              .httpClientBuilder(
                  UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMillis(50)))
              .build()) {
        FunctionRuntime runtime = work.runtime().toBuilder().part(StsClient.class, hasty).build();

        assertThat(failure(vendor(runtime))).hasMessageContaining("See the cause");
      } finally {
        end.countDown();
      }
    }

    @Test
    void all_who_ask_within_a_second_are_refused_without_another_call() {
      sts.script(call -> StsServer.error(403, "AccessDenied"));
      TenantCredentialsUnavailableException first = failure(vendor);
      clock.forward(Duration.ofMillis(999));

      assertThat(failure(vendor)).hasMessage(first.getMessage()).hasCause(first);
      assertThat(sts.calls()).hasSize(1);
    }

    @Test
    void after_a_second_it_is_tried_again() {
      sts.script(call -> StsServer.error(403, "AccessDenied"));
      failure(vendor);
      sts.recover();
      clock.forward(Duration.ofSeconds(1));

      assertThat(key(vendor, ACME)).isEqualTo("ASIA2");
    }

    @Test
    void a_failure_of_one_tenant_is_not_that_of_another() {
      sts.script(call -> StsServer.error(403, "AccessDenied"));
      failure(vendor);
      sts.recover();

      assertThat(key(vendor, GLOBEX)).isEqualTo("ASIA2");
    }

    @Test
    void what_can_not_be_renewed_early_is_used_as_long_as_it_is_valid_and_not_a_moment_longer() {
      key(vendor, ACME);
      sts.script(call -> StsServer.error(403, "AccessDenied"));
      clock.forward(Duration.ofMinutes(55));
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
      clock.forward(Duration.ofSeconds(9));
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
      assertThat(sts.calls()).hasSize(2); // one try in ten seconds
      clock.forward(Duration.ofSeconds(1));
      assertThat(key(vendor, ACME)).isEqualTo("ASIA1");
      assertThat(sts.calls()).hasSize(3);
      clock.forward(Duration.ofMinutes(5).minusSeconds(10));

      assertThat(failure(vendor)).isNotNull();
    }

    @Test
    void a_call_of_another_service_is_not_made_at_all() {
      sts.script(call -> StsServer.error(500, "InternalFailure"));
      try (StsServer queues = new StsServer(clock::now);
          SqsClient client =
              SqsClient.builder()
                  .endpointOverride(queues.address())
                  .region(Region.EU_CENTRAL_1)
                  .credentialsProvider(vendor.provider(ACME))
                  .httpClientBuilder(UrlConnectionHttpClient.builder())
                  .build()) {
        assertThatThrownBy(() -> client.sendMessage(m -> m.queueUrl("q").messageBody("b")))
            .isInstanceOf(TenantCredentialsUnavailableException.class);
        assertThat(queues.calls()).isEmpty();
      }
    }
  }

  @Nested
  class What_is_told {

    private final AssumeRoleVendor vendor = vendor(work.runtime());

    @Test
    void a_session_that_nearly_is_too_large_is_warned_of_once() {
      sts.script(
          call ->
              sts.issued(
                  "arn:aws:sts::1:assumed-role/r/" + call.get("RoleSessionName"),
                  clock.now().plusSeconds(900),
                  81));

      assertThat(Work.logged(() -> List.of(key(vendor, ACME), key(vendor, GLOBEX))))
          .singleElement()
          .asString()
          .contains("take 81 % of the room", ROLE);
    }

    @Test
    void a_session_of_eighty_percent_is_not() {
      sts.script(
          call ->
              sts.issued("arn:aws:sts::1:assumed-role/r/t-acme", clock.now().plusSeconds(900), 80));

      assertThat(Work.logged(() -> key(vendor, ACME))).isEmpty();
    }

    @Test
    void what_was_issued_in_an_invocation_is_a_signal() {
      work.invocation(null, () -> key(vendor, ACME));

      assertThat(work.signals()).contains(new TenantCredentialsIssued(ROLE, 12));
    }

    @Test
    void credentials_that_can_not_be_renewed_are_warned_of_without_any_secret() {
      key(vendor, ACME);
      clock.forward(Duration.ofMinutes(57));
      sts.script(call -> StsServer.error(403, "AccessDenied"));

      assertThat(Work.logged(() -> key(vendor, ACME)))
          .singleElement()
          .asString()
          .contains("could not be renewed", "2026-11-21T13:00:00Z")
          .doesNotContain("secret", "token");
    }

    @Test
    void nothing_that_is_printed_holds_credentials() {
      var provider = vendor.provider(ACME);
      String secret = resolved(vendor, ACME).secretAccessKey();

      assertThat(vendor + " " + provider + " " + CredentialCache.of(work.runtime()))
          .contains("tenants", "acme")
          .doesNotContain(secret);
    }
  }

  @Nested
  class What_is_not_fit_to_be_asked {

    @ParameterizedTest
    @ValueSource(
        strings = {"", "tenants", "arn:aws:iam::123456789012:user/x", "arn:aws:iam::1:role/x"})
    void is_a_role_that_is_none(String arn) {
      assertThatThrownBy(() -> AssumeRoleVendor.of(arn))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is not the ARN of a role. Write arn:aws:iam::123456789012:role/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "aws:TenantId", "Tenant*", "${x}"})
    void is_a_tag_that_sts_does_not_take(String tag) {
      assertThatThrownBy(() -> AssumeRoleVendor.builder(ROLE).tag(tag).build())
          .hasMessageContaining("is not a session tag");
      assertThatThrownBy(() -> AssumeRoleVendor.builder(ROLE).sessionTag(tag, "x").build())
          .hasMessageContaining("is not a session tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TenantId", "tenantid"})
    void is_a_second_tag_of_the_tenants_name(String tag) {
      assertThatThrownBy(() -> AssumeRoleVendor.builder(ROLE).sessionTag(tag, "globex").build())
          .hasMessageContaining("is the tenant's. Name another.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 899, 3601})
    void is_a_session_that_is_too_short_or_too_long(int seconds) {
      Duration duration = Duration.ofSeconds(seconds);

      assertThatThrownBy(() -> AssumeRoleVendor.builder(ROLE).duration(duration).build())
          .hasMessageContaining("it lasts 15 minutes to 1 hour");
    }

    @Test
    void is_a_function_without_a_region() {
      AssumeRoleVendor vendor = vendor(Work.plain().runtime());

      assertThatThrownBy(() -> vendor.provider(ACME))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("AWS_REGION");
    }
  }
}
