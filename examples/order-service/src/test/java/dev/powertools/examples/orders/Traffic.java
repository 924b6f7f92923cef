// SPDX-License-Identifier: Apache-2.0
package dev.powertools.examples.orders;

import dev.powertools.local.sqs.LocalQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What a day brings: 48 messages, most of them good, shuffled in the same way each time. */
final class Traffic {

  private static final int SEED = 20;

  private Traffic() {}

  private record Draft(String kind, String orderId, String body) {}

  static List<SentMessage> send(SqsClient sqs, LocalQueue queue) {
    List<SentMessage> sent = new ArrayList<>();
    for (Draft draft : drafts()) {
      String id =
          sqs.sendMessage(m -> m.queueUrl(queue.url()).messageBody(draft.body())).messageId();
      sent.add(new SentMessage(id, draft.kind(), draft.orderId()));
    }
    return sent;
  }

  private static List<Draft> drafts() {
    List<Draft> drafts = new ArrayList<>();
    for (int i = 1; i <= 24; i++) {
      drafts.add(order("good", "order-" + i, 100 * i, "ada"));
    }
    for (int i = 1; i <= 8; i++) {
      drafts.add(order("duplicate", "order-" + i, 100 * i, "ada"));
    }
    for (int i = 1; i <= 6; i++) {
      drafts.add(order("busy twice", "late-" + i, 250, "busy-" + i));
    }
    for (int i = 1; i <= 5; i++) {
      drafts.add(order("invalid", "free-" + i, 0, "bob"));
    }
    drafts.add(new Draft("malformed", "", "{\"orderId\":\"broken-1\",\"cents\":"));
    drafts.add(new Draft("malformed", "", "not JSON at all"));
    drafts.add(new Draft("malformed", "", "{\"orderId\":\"broken-3\",\"cents\":\"much\"}"));
    drafts.add(new Draft("malformed", "", "[]"));
    drafts.add(new Draft("malformed", "", "{\"orderId\":\"broken-5\",\"customer\":\"eve\"}"));
    Collections.shuffle(drafts, new Random(SEED));
    return drafts;
  }

  private static Draft order(String kind, String orderId, int cents, String customer) {
    String body =
        "{\"orderId\":\""
            + orderId
            + "\",\"cents\":"
            + cents
            + ",\"customer\":\""
            + customer
            + "\"}";
    return new Draft(kind, orderId, body);
  }
}
