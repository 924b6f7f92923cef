// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.powertools.local.VirtualClock;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DynamoDbStreamSimulatorTest {

  private final VirtualClock clock = VirtualClock.start();
  private final List<byte[]> events = new ArrayList<>();
  private EventAnswer answer = EventAnswer.returned("{}");

  private DynamoDbStreamSimulator stream(StreamOptions.Builder options) {
    EventFunction function =
        (event, how) -> {
          events.add(event);
          return answer;
        };
    DynamoDbStreamSimulator stream =
        DynamoDbStreamSimulator.of("orders", clock, function, options.build());
    stream.start();
    return stream;
  }

  @Test
  void changes_are_sent_as_dynamodb_writes_them() {
    DynamoDbStreamSimulator stream = stream(StreamOptions.builder());
    Map<String, Object> image = new LinkedHashMap<>();
    image.put("id", "o-1");
    image.put("cents", 1e3);
    image.put("tags", Arrays.asList(true, null, Map.of("n", 5)));
    StreamRecord record = stream.insert(Map.of("id", "o-1"), image);
    stream.drain();

    Object sent = ((List<?>) StreamWorld.at(StreamWorld.tree(events.get(0)), "Records")).get(0);
    assertThat(StreamWorld.at(sent, "eventName")).isEqualTo("INSERT");
    assertThat(StreamWorld.at(sent, "eventSourceARN"))
        .isEqualTo(
            "arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000");
    assertThat(StreamWorld.at(sent, "dynamodb", "SequenceNumber"))
        .isEqualTo(record.sequence().toString());
    assertThat(StreamWorld.at(sent, "dynamodb", "NewImage"))
        .isEqualTo(
            StreamWorld.tree(
                """
                {"cents":{"N":"1000"},"id":{"S":"o-1"},
                 "tags":{"L":[{"BOOL":true},{"NULL":true},{"M":{"n":{"N":"5"}}}]}}
                """));
  }

  @Test
  void the_platforms_own_serialiser_reads_them() {
    DynamoDbStreamSimulator stream = stream(StreamOptions.builder());
    stream.modify(Map.of("id", "o-1"), Map.of("v", 1), Map.of("v", 2));
    stream.remove(Map.of("id", "o-1"), Map.of("v", 2));
    stream.drain();

    DynamodbEvent event =
        LambdaEventSerializers.serializerFor(
                DynamodbEvent.class, DynamodbEvent.class.getClassLoader())
            .fromJson(new ByteArrayInputStream(events.get(0)));
    assertThat(event.getRecords())
        .extracting(DynamodbEvent.DynamodbStreamRecord::getEventName)
        .containsExactly("MODIFY", "REMOVE");
    assertThat(event.getRecords().get(0).getDynamodb().getOldImage().get("v").getN())
        .isEqualTo("1");
  }

  @Test
  void a_given_up_batch_is_told_under_a_name_of_its_own() {
    answer = EventAnswer.failed("java.lang.Exception", "boom");
    DynamoDbStreamSimulator stream =
        stream(StreamOptions.builder().maximumRetryAttempts(0).onFailure(StreamDestination.TOPIC));
    StreamRecord record = stream.insert(Map.of("id", "o-1"), Map.of());
    stream.drain();

    Object document = StreamWorld.tree(stream.failures().get(0).document());
    assertThat(StreamWorld.at(document, "DDBStreamBatchInfo", "startSequenceNumber"))
        .isEqualTo(record.sequence().toString());
  }

  @Test
  void a_change_without_keys_is_refused() {
    DynamoDbStreamSimulator stream = stream(StreamOptions.builder());
    assertThatThrownBy(() -> stream.insert(Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keys is '{}'");
  }
}
