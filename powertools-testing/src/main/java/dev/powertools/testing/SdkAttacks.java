// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.aws.Aws;
import dev.powertools.testing.TenantAttack.Group;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.signer.NoOpSigner;
import software.amazon.awssdk.endpoints.EndpointProvider;

/** Attacks by what a single request may say otherwise than its client. */
final class SdkAttacks {

  private static final URI ELSEWHERE = URI.create("https://attacker.example");
  private static final String CALL = "amz-sdk-invocation-id";

  private static final ExecutionAttribute<String> ATTRIBUTE =
      new ExecutionAttribute<>("dev.powertools.testing.Attack");

  private SdkAttacks() {}

  static void addTo(ClientList list) {
    add(
        list,
        "the handler's own work, for one tenant and then the other",
        (scene, clients, legal) -> scene.sent(clients, legal.of(scene.attacker())));
    plugins(list);
    overrides(list);
    WireAttacks.addTo(list);
    ScopeAttacks.addTo(list);
  }

  static void add(ClientList list, String name, ClientList.Script<LegalCalls> script) {
    list.add(Group.SDK, name, scene -> LegalCalls.each(scene, script));
  }

  private static void plugins(ClientList list) {
    plugin(list, "takes all interceptors away", config -> interceptors(config, each -> false));
    plugin(
        list,
        "takes the guard away",
        config ->
            interceptors(config, each -> !each.getClass().getName().startsWith("dev.powertools.")));
    override(
        list,
        "a plugin of the request takes the guard away, and the request makes up the id of its call",
        config ->
            config
                .putHeader(CALL, UUID.randomUUID().toString())
                .addPlugin(
                    each ->
                        interceptors(
                            each, one -> !one.getClass().getName().startsWith("dev.powertools."))));
    plugin(list, "changes the endpoint", config -> config.endpointOverride(ELSEWHERE));
    plugin(
        list,
        "changes the credentials",
        config -> {
          if (config instanceof AwsServiceClientConfiguration.Builder aws) {
            aws.credentialsProvider(others());
          }
        });
    plugin(
        list,
        "adds an interceptor",
        config ->
            config.overrideConfiguration(
                config.overrideConfiguration().toBuilder()
                    .addExecutionInterceptor(new ExecutionInterceptor() {})
                    .build()));
  }

  private static void interceptors(
      SdkServiceClientConfiguration.Builder config, Predicate<ExecutionInterceptor> kept) {
    ClientOverrideConfiguration present = config.overrideConfiguration();
    List<ExecutionInterceptor> left =
        present.executionInterceptors().stream().filter(kept).toList();
    config.overrideConfiguration(present.toBuilder().executionInterceptors(left).build());
  }

  private static void plugin(
      ClientList list, String name, Consumer<SdkServiceClientConfiguration.Builder> plugin) {
    override(list, "a plugin of the request " + name, config -> config.addPlugin(plugin::accept));
  }

  static StaticCredentialsProvider others() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(Aws.ACCESS_KEY.replace('E', 'F'), "of-the-victim"));
  }

  @SuppressWarnings("deprecation")
  private static void overrides(ClientList list) {
    override(list, "a request brings credentials", config -> config.credentialsProvider(others()));
    override(list, "a request brings a signer", config -> config.signer(new NoOpSigner()));
    override(
        list,
        "a request brings endpoints",
        config -> config.endpointProvider(new EndpointProvider() {}));
    override(
        list,
        "a request brings an attribute",
        config -> config.putExecutionAttribute(ATTRIBUTE, "attack"));
    for (String header :
        List.of("X-Amz-Target", "x-amz-copy-source", "Host", "x-amz-security-token", CALL)) {
      override(
          list,
          "a request brings the header " + header,
          config -> config.putHeader(header, value(header)));
    }
    for (String parameter : List.of("versionId", "acl", "uploads", "prefix", "X-Amz-Signature")) {
      override(
          list,
          "a request brings the parameter " + parameter,
          config -> config.putRawQueryParameter(parameter, ""));
    }
  }

  private static String value(String header) {
    return switch (header) {
      case "X-Amz-Target" -> "DynamoDB_20120810.Scan";
      case CALL -> UUID.randomUUID().toString();
      default -> "attack";
    };
  }

  /** Neither for the victim's nor for the attacker's own may a request say more than it asks. */
  private static void override(
      ClientList list, String name, Consumer<AwsRequestOverrideConfiguration.Builder> what) {
    add(
        list,
        name,
        (scene, clients, legal) -> {
          scene.sent(
              clients,
              with(
                  legal.of(scene.attacker()),
                  config -> config.apiCallTimeout(Duration.ofMinutes(1))));
          for (AwsRequest request : List.of(legal.of(scene.attacker()), legal.of(scene.victim()))) {
            scene.denied(clients, with(request, what));
          }
        });
  }

  static AwsRequest with(
      AwsRequest request, Consumer<AwsRequestOverrideConfiguration.Builder> what) {
    AwsRequestOverrideConfiguration.Builder config = AwsRequestOverrideConfiguration.builder();
    what.accept(config);
    return request.toBuilder().overrideConfiguration(config.build()).build();
  }

  /** Sends a request by a client. */
  static ClientScene.Work call(SdkClient client, AwsRequest request) {
    return () -> SdkCalls.send(client, request);
  }
}
