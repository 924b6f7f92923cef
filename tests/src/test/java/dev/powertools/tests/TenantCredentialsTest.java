// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.powertools.core.FunctionHandler;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.credentials.Credentials;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.TestFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Credentials of tenants in functions: SnapStart takes none of them along. */
@FunctionTest
class TenantCredentialsTest {

  private static final String ROLE = "arn:aws:iam::123456789012:role/orders-tenant";

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private HttpServer sts;

  /** Gets credentials while it starts, which nobody should, and again for each event. */
  public static final class Hasty extends FunctionHandler<Map<String, Object>, String> {

    private final AwsCredentialsProvider acme =
        Credentials.of(TenantRoles.OrdersIsolation.class, FunctionRuntime.current())
            .orElseThrow()
            .provider(TenantId.of("acme"));
    private final String first = acme.resolveCredentials().accessKeyId();

    @Override
    protected String handle(Map<String, Object> event, Context context) {
      return first + " then " + acme.resolveCredentials().accessKeyId();
    }
  }

  @BeforeEach
  void listen() throws IOException {
    sts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext("/", this::answer);
    sts.start();
  }

  @AfterEach
  void stop() {
    sts.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    calls.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    byte[] body =
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/orders-tenant/t-acme</Arn>
        <AssumedRoleId>AROA:t-acme</AssumedRoleId></AssumedRoleUser>
        <Credentials><AccessKeyId>ASIA%d</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>
        </AssumeRoleResult></AssumeRoleResponse>
        """
            .formatted(calls.size(), "2999-01-01T00:00:00Z")
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/xml");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private TestFunction hasty(Functions functions) {
    functions.aws().endpoint("sts", URI.create("http://127.0.0.1:" + sts.getAddress().getPort()));
    return functions.environment("TENANT_ROLE_ARN", ROLE).function(Hasty.class);
  }

  @Test
  void none_of_them_is_in_a_snapshot(Functions functions) {
    TestFunction hasty = hasty(functions);

    hasty.restore();

    assertThat(hasty.invokeJson("{}").text()).isEqualTo("\"ASIA1 then ASIA2\"");
  }

  @Test
  void without_snapshots_they_are_kept(Functions functions) {
    assertThat(hasty(functions).invokeJson("{}").text()).isEqualTo("\"ASIA1 then ASIA1\"");
    assertThat(calls).singleElement().asString().contains("TenantId", "t-acme");
  }
}
