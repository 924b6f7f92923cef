// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.powertools.core.json.JsonPointer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What AWS Powertools for Java hashes of a key that is an object, an array or a fraction: what
 * Jackson databind prints. Properties of beans and records are in alphabetical order and without
 * those that are null, entries of maps as they come. Thread-safe.
 */
final class PowertoolsJson {

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  /**
   * The text to hash.
   *
   * @throws IdempotencyKeyException if there is nothing, or it cannot be read
   */
  String text(@Nullable Object argument, JsonPointer pointer) {
    try {
      JsonNode node = mapper.valueToTree(argument);
      for (int step = 0; step < pointer.size(); step++) {
        node = child(node.isTextual() ? mapper.readTree(node.textValue()) : node, pointer, step);
      }
      if (isNothing(node)) {
        throw new IdempotencyKeyException(
            "The idempotency key, \"" + pointer + "\", has nothing but nulls in it");
      }
      return node.isContainerNode() ? node.toString() : node.asText();
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IdempotencyKeyException("The idempotency key can't be read: " + e.getMessage(), e);
    }
  }

  private static JsonNode child(JsonNode node, JsonPointer pointer, int step) {
    if (node.isArray()) {
      return node.path(pointer.index(step));
    }
    String name = pointer.name(step);
    JsonNode found = node.path(name);
    if (found.isMissingNode()) {
      for (Map.Entry<String, JsonNode> each : node.properties()) {
        found = each.getKey().equalsIgnoreCase(name) ? each.getValue() : found;
      }
    }
    return found;
  }

  private static boolean isNothing(JsonNode node) {
    if (!node.isContainerNode()) {
      return node.isNull() || node.isMissingNode();
    }
    for (JsonNode element : node) {
      if (!element.isNull()) {
        return false;
      }
    }
    return true;
  }
}
