// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/** STS as far as AssumeRole goes: the query protocol, answered as a script says. */
public final class StsServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Map<String, String>> calls = new CopyOnWriteArrayList<>();
  private final Supplier<Instant> now;
  private volatile Function<Map<String, String>, Answer> script = this::issued;

  public StsServer(Supplier<Instant> now) {
    this.now = now;
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public record Answer(int status, String body) {}

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The parameters of each call, with the access key that it was signed by as {@code signer}. */
  public List<Map<String, String>> calls() {
    return calls;
  }

  public void script(Function<Map<String, String>, Answer> answers) {
    this.script = answers;
  }

  /** Answers as STS does, from now on. */
  public void recover() {
    this.script = this::issued;
  }

  Answer issued(Map<String, String> call) {
    String session = call.get("RoleArn").replace(":iam:", ":sts:") + "/";
    return issued(
        session.replace(":role/", ":assumed-role/") + call.get("RoleSessionName"),
        now.get().plus(Duration.ofSeconds(Long.parseLong(call.get("DurationSeconds")))),
        12);
  }

  /** Credentials whose key tells which call they are of. */
  Answer issued(String session, Instant expiration, int packedPolicySize) {
    String key = "ASIA" + calls.size();
    return new Answer(
        200,
        """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
        <AssumedRoleUser><AssumedRoleId>AROA1:x</AssumedRoleId><Arn>%s</Arn></AssumedRoleUser>
        <Credentials><AccessKeyId>%s</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
        <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>
        <PackedPolicySize>%d</PackedPolicySize></AssumeRoleResult>
        <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></AssumeRoleResponse>
        """
            .formatted(session, key, expiration, packedPolicySize));
  }

  public static Answer error(int status, String code) {
    return new Answer(
        status,
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
        <Code>%s</Code><Message>it says no</Message></Error><RequestId>r-1</RequestId></ErrorResponse>
        """
            .formatted(code));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> call =
          parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      String signature = exchange.getRequestHeaders().getFirst("Authorization");
      call.put("signer", signature.replaceAll(".*Credential=([^/]+)/.*", "$1"));
      calls.add(call);
      Answer answer = script.apply(call);
      byte[] body = answer.body.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/xml");
      exchange.sendResponseHeaders(answer.status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String each : form.split("&", -1)) {
      int equals = each.indexOf('=');
      parameters.put(
          URLDecoder.decode(each.substring(0, equals), UTF_8),
          URLDecoder.decode(each.substring(equals + 1), UTF_8));
    }
    return parameters;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
