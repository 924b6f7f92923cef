// SPDX-License-Identifier: Apache-2.0
package dev.powertools.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.powertools.core.config.Config;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A Logback of a test's own, configured as a function's is, whose lines are kept. */
final class TestLog {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final LoggerContext context = new LoggerContext();
  private final List<byte[]> writes = Collections.synchronizedList(new ArrayList<>());
  private final ExecutionStatus status;

  TestLog() {
    this(Map.of());
  }

  TestLog(Map<String, String> environment) {
    this(Config.of(environment), new Resources(Map.of()));
  }

  TestLog(Config config, ClassLoader resources) {
    context.setMDCAdapter(MDC.getMDCAdapter());
    PowertoolsConfigurator configurator =
        new PowertoolsConfigurator(config, new Writes(), resources);
    configurator.setContext(context);
    status = configurator.configure(context);
    context.start();
  }

  LoggerContext context() {
    return context;
  }

  ExecutionStatus status() {
    return status;
  }

  Logger logger() {
    return context.getLogger("test");
  }

  SignalLines signals() {
    return new SignalLines(context.getLogger(SignalLines.LOGGER_NAME));
  }

  /** What was written since the last call, one line each. */
  List<JsonNode> lines() {
    return bytes().stream().map(TestLog::parse).collect(Collectors.toList());
  }

  /** The bytes that were written since the last call, one line each. */
  List<byte[]> bytes() {
    synchronized (writes) {
      List<byte[]> taken = new ArrayList<>(writes);
      writes.clear();
      return taken;
    }
  }

  /** The only line that was written since. */
  JsonNode line() {
    List<JsonNode> lines = lines();
    if (lines.size() != 1) {
      throw new AssertionError("not one line but " + lines);
    }
    return lines.get(0);
  }

  /** Strictly: UTF-8, one object, on one line that ends, no name twice, nothing behind. */
  static JsonNode parse(byte[] line) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      if (text.indexOf('\n') != text.length() - 1 || text.indexOf('\r') >= 0) {
        throw new AssertionError("not one line: " + text);
      }
      JsonNode node = STRICT.readTree(text);
      if (!node.isObject()) {
        throw new AssertionError("no object: " + text);
      }
      return node;
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + new String(line, StandardCharsets.UTF_8), e);
    }
  }

  static List<String> names(JsonNode line) {
    List<String> names = new ArrayList<>();
    line.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Takes each call of write as a line. */
  private final class Writes extends OutputStream {

    @Override
    public void write(int b) {
      throw new AssertionError("a line is written by one call");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      byte[] copy = new byte[length];
      System.arraycopy(bytes, offset, copy, 0, length);
      writes.add(copy);
    }
  }

  /** A class path that holds these resources alone. */
  static final class Resources extends ClassLoader {

    private final Map<String, java.net.URL> resources;

    Resources(Map<String, java.net.URL> resources) {
      super(null);
      this.resources = resources;
    }

    @Override
    public java.net.@Nullable URL getResource(String name) {
      return resources.get(name);
    }

    @Override
    public Enumeration<java.net.URL> getResources(String name) {
      return Collections.enumeration(Optional.ofNullable(resources.get(name)).stream().toList());
    }
  }
}
