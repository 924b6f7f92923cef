// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * Takes traces by OTLP over HTTP, as a collector does, and reads from their protobuf what a test
 * asks for: {@code ExportTraceServiceRequest > ResourceSpans > ScopeSpans > Span}.
 */
final class OtlpReceiver implements AutoCloseable {

  private static final int RESOURCE_SPANS = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SCOPE = 1;
  private static final int SPANS = 2;
  private static final int SCOPE_NAME = 1;
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT_ID = 4;
  private static final int NAME = 5;
  private static final int ATTRIBUTES = 9;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int TEXT = 1;

  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();

  /**
   * A span as it arrived: who made it, and what it says; of its attributes those that are text,
   * others as "".
   */
  record Received(
      String scope,
      String name,
      String traceId,
      String spanId,
      String parentId,
      Map<String, String> attributes) {}

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  static OtlpReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    OtlpReceiver receiver = new OtlpReceiver(server);
    server.createContext("/v1/traces", receiver::receive);
    server.start();
    return receiver;
  }

  String endpoint() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  List<Received> spans() {
    return spans;
  }

  /** The span of a name; the first, if there are several. */
  Received named(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  /** The span that a span names as its parent. */
  Received parentOf(Received child) {
    return spans.stream()
        .filter(span -> span.spanId().equals(child.parentId()))
        .findFirst()
        .orElseThrow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    byte[] body =
        (zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody())
            .readAllBytes();
    for (byte[] resource : fields(body, RESOURCE_SPANS)) {
      for (byte[] scope : fields(resource, SCOPE_SPANS)) {
        String by = text(fields(fields(scope, SCOPE).get(0), SCOPE_NAME).get(0));
        fields(scope, SPANS).forEach(span -> spans.add(read(by, span)));
      }
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Received read(String scope, byte[] span) {
    List<byte[]> parent = fields(span, PARENT_ID);
    return new Received(
        scope,
        text(fields(span, NAME).get(0)),
        hex(fields(span, TRACE_ID).get(0)),
        hex(fields(span, SPAN_ID).get(0)),
        parent.isEmpty() ? "" : hex(parent.get(0)),
        attributes(span));
  }

  private static Map<String, String> attributes(byte[] span) {
    Map<String, String> found = new TreeMap<>();
    for (byte[] attribute : fields(span, ATTRIBUTES)) {
      List<byte[]> text = fields(fields(attribute, VALUE).get(0), TEXT);
      found.put(text(fields(attribute, KEY).get(0)), text.isEmpty() ? "" : text(text.get(0)));
    }
    return found;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** The values of a length-delimited field; others are stepped over. */
  private static List<byte[]> fields(byte[] message, int number) {
    List<byte[]> found = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      long key = varint(in);
      switch ((int) (key & 7)) {
        case 0 -> varint(in);
        case 1 -> in.position(in.position() + Long.BYTES);
        case 2 -> {
          byte[] value = new byte[(int) varint(in)];
          in.get(value);
          if (key >>> 3 == number) {
            found.add(value);
          }
        }
        case 5 -> in.position(in.position() + Integer.BYTES);
        default -> throw new IllegalArgumentException("no protobuf: key " + key);
      }
    }
    return found;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("no protobuf: an endless number");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
