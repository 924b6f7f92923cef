// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.tenancy.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Attacks by interceptors of a client's own builder, which change a request of the attacker's after
 * it was made.
 */
final class WireAttacks {

  private WireAttacks() {}

  static void addTo(ClientList list) {
    request(list);
    http(list);
    body(list);
  }

  private static void request(ClientList list) {
    intercepted(
        list,
        "an interceptor makes another request of it",
        (scene, legal) ->
            new ExecutionInterceptor() {
              @Override
              public SdkRequest modifyRequest(
                  Context.ModifyRequest context, ExecutionAttributes facts) {
                return legal.of(scene.victim());
              }
            });
  }

  private static void http(ClientList list) {
    wire(list, "the target", http -> http.putHeader("X-Amz-Target", "DynamoDB_20120810.Scan"));
    wire(
        list,
        "the target by a second one",
        http -> http.appendHeader("X-Amz-Target", "DynamoDB_20120810.Scan"));
    wire(
        list,
        "the target in small letters",
        http -> http.appendHeader("x-amz-target", "DynamoDB_20120810.Scan"));
    wire(
        list,
        "the source of a copy",
        http -> http.putHeader("x-amz-copy-source", "shared/tenants/victim/x"));
    wire(list, "the host", http -> http.host("attacker.example"));
    wire(list, "the host by a part more", http -> http.host(http.host() + ".attacker.example"));
    wire(list, "the port", http -> http.port(8443));
    wire(list, "the scheme", http -> http.protocol("http").port(80));
    wire(list, "the path", http -> http.encodedPath(http.encodedPath() + "/../x"));
    wire(list, "the method", http -> http.method(SdkHttpMethod.DELETE));
    wire(list, "a parameter", http -> http.appendRawQueryParameter("acl", ""));
    wire(list, "a parameter of a list", http -> http.appendRawQueryParameter("prefix", ""));
    wire(list, "the account", http -> http.putHeader("x-amz-expected-bucket-owner", "1"));
  }

  private static void wire(
      ClientList list, String name, UnaryOperator<SdkHttpRequest.Builder> change) {
    intercepted(
        list,
        "an interceptor changes " + name,
        (scene, legal) ->
            new ExecutionInterceptor() {
              @Override
              public SdkHttpRequest modifyHttpRequest(
                  Context.ModifyHttpRequest context, ExecutionAttributes facts) {
                return change.apply(context.httpRequest().toBuilder()).build();
              }
            });
  }

  private static void body(ClientList list) {
    SdkAttacks.add(
        list,
        "an interceptor changes the body",
        (scene, clients, legal) -> {
          if (scene.service(clients).equals("dynamodb")) {
            play(scene, clients, legal, new Swap(scene.attacker(), scene.victim()));
          }
        });
  }

  /** Writes the victim into the body where the attacker stands. */
  private record Swap(TenantId attacker, TenantId victim) implements ExecutionInterceptor {

    @Override
    public Optional<RequestBody> modifyHttpContent(
        Context.ModifyHttpRequest context, ExecutionAttributes facts) {
      return context
          .requestBody()
          .map(
              body -> RequestBody.fromString(text(body).replace(attacker.value(), victim.value())));
    }

    private static String text(RequestBody body) {
      try (InputStream content = body.contentStreamProvider().newStream()) {
        return new String(content.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void intercepted(
      ClientList list, String name, BiFunction<ClientScene, LegalCalls, ExecutionInterceptor> by) {
    SdkAttacks.add(
        list, name, (scene, clients, legal) -> play(scene, clients, legal, by.apply(scene, legal)));
  }

  /**
   * By clients of the handler's declarations: with an interceptor that does nothing, it is sent.
   */
  private static void play(
      ClientScene scene, Guarded clients, LegalCalls legal, ExecutionInterceptor interceptor) {
    scene.sent(clients, work(scene, clients, legal, new ExecutionInterceptor() {}));
    scene.denied(clients, work(scene, clients, legal, interceptor));
  }

  private static ClientScene.Work work(
      ClientScene scene, Guarded clients, LegalCalls legal, ExecutionInterceptor interceptor) {
    return () ->
        SdkCalls.send(
            legal.bound(clients.isolation(), interceptor).get(), legal.of(scene.attacker()));
  }
}
