// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import dev.powertools.core.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Lines of a log group, as a subscription filter hands them on: packed by gzip, in Base64.
 * Immutable: each method gives a new one.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html">Subscription
 *     filters</a>
 */
public final class CloudWatchLogsEvent extends ToldEvent<CloudWatchLogsEvent> {

  private static final Setting<String> GROUP = new Setting<>();
  private static final Setting<String> STREAM = new Setting<>();
  private static final Setting<List<String>> LINES = new Setting<>();
  private static final BigInteger FIRST =
      new BigInteger("36858672311120633630098786383886689203484013407063113728");

  CloudWatchLogsEvent(Settings settings) {
    super(settings);
  }

  @Override
  CloudWatchLogsEvent with(Settings changed) {
    return new CloudWatchLogsEvent(changed);
  }

  /** The log group; {@code /aws/lambda/orders} by default. */
  public CloudWatchLogsEvent logGroup(String name) {
    if (!name.matches("[A-Za-z0-9_./#-]{1,512}")) {
      throw Refused.value(
          "logGroup",
          name,
          "a group's name has 1 to 512 of A-Z, a-z, 0-9, '_', '-', '/', '.' and '#'");
    }
    return with(GROUP, name);
  }

  /** The log stream; {@code 2026/01/01/[$LATEST]0} by default. */
  public CloudWatchLogsEvent logStream(String name) {
    if (!name.matches("[^:*]{1,512}")) {
      throw Refused.value(
          "logStream", name, "a stream's name has 1 to 512 characters but ':' and '*'");
    }
    return with(STREAM, name);
  }

  /** Adds lines: text as it is, anything else as its JSON. */
  public CloudWatchLogsEvent lines(Object... lines) {
    return with(settings.adding(LINES, Arrays.stream(lines).map(Payload::text).toList()));
  }

  @Override
  void write(JsonWriter json) {
    Refused.none(settings.list(LINES), "CloudWatch Logs", "lines(…)");
    JsonWriter logs = new JsonWriter();
    logs(logs);
    json.beginObject().name("awslogs").beginObject();
    json.name("data").value(Base64.getEncoder().encodeToString(gzip(logs.toByteArray())));
    json.endObject().endObject();
  }

  private void logs(JsonWriter json) {
    List<String> lines = settings.list(LINES);
    json.beginObject();
    json.name("messageType").value("DATA_MESSAGE");
    json.name("owner").value(account());
    json.name("logGroup").value(settings.or(GROUP, "/aws/lambda/orders"));
    json.name("logStream").value(settings.or(STREAM, "2026/01/01/[$LATEST]0"));
    json.name("subscriptionFilters").value(List.of("filter"));
    json.name("logEvents").beginArray();
    for (int i = 0; i < lines.size(); i++) {
      json.beginObject();
      json.name("id").value(FIRST.add(BigInteger.valueOf(i)).toString());
      json.name("timestamp").value(at().toEpochMilli());
      json.name("message").value(lines.get(i));
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
