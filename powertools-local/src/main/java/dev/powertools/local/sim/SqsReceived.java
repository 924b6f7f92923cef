// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** A message as one receive hands it out. Immutable. */
record SqsReceived(
    String id, String handle, int receives, SqsOutgoing content, Map<String, String> system) {

  SqsReceived {
    system = new LinkedHashMap<>(system);
  }

  Message sdk() {
    Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
    content.attributes().forEach((name, value) -> attributes.put(name, value.sdk()));
    return Message.builder()
        .messageId(id)
        .receiptHandle(handle)
        .body(content.body())
        .md5OfBody(SqsDigest.ofBody(content.body()))
        .md5OfMessageAttributes(SqsDigest.ofAttributes(content.attributes()))
        .attributesWithStrings(system)
        .messageAttributes(attributes)
        .build();
  }
}
