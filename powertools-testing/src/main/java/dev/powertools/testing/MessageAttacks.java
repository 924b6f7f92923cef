// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.local.sim.SqsSend;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Messages that claim a tenant who did not send them. */
final class MessageAttacks {

  private static final String ENVELOPE = "pt.tenant";

  private MessageAttacks() {}

  /** Where attacks are put. */
  @FunctionalInterface
  interface MessageList {
    void add(String name, Consumer<QueueScene> script);
  }

  static void addTo(MessageList list) {
    list.add("messages of both tenants in one batch", QueueScene::bothInOneBatch);
    message(list, "no envelope", (scene, message) -> {});
    message(
        list,
        "the victim's id in attributes, and no envelope",
        (scene, message) ->
            message
                .attribute("tenant_id", scene.victim())
                .attribute("tenantId", scene.victim())
                .attribute("X-Tenant-Id", scene.victim()));
    message(
        list,
        "a genuine envelope under the same name in capitals",
        (scene, message) ->
            message.attribute("PT.TENANT", scene.envelope(scene.victim(), scene.text())));
    envelope(list, "the victim's bare id for an envelope", QueueScene::victim);
    envelope(
        list,
        "the victim's id in the attacker's own envelope",
        scene -> own(scene).replace(scene.attacker(), scene.victim()));
    envelope(list, "the victim's envelope from another queue", QueueScene::envelopeForAnotherQueue);
    envelope(
        list,
        "the victim's envelope of another body",
        scene -> scene.envelope(scene.victim(), scene.text() + " "));
    envelope(list, "an envelope under the attacker's own key", QueueScene::selfMadeEnvelope);
    envelope(
        list,
        "the victim's envelope without its signature",
        scene -> genuine(scene).substring(0, genuine(scene).lastIndexOf('|') + 1));
    envelope(
        list,
        "the victim's envelope with the signature of the attacker's",
        scene ->
            genuine(scene).substring(0, genuine(scene).lastIndexOf('|'))
                + own(scene).substring(own(scene).lastIndexOf('|')));
    envelope(list, "two envelopes in one", scene -> genuine(scene) + "," + own(scene));
    envelope(list, "an envelope of another version", scene -> "9" + genuine(scene).substring(1));
    envelope(list, "an envelope with a blank at its end", scene -> genuine(scene) + " ");
    envelope(list, "an envelope without end", scene -> genuine(scene).repeat(50));
  }

  private static String own(QueueScene scene) {
    return scene.envelope(scene.attacker(), scene.text());
  }

  private static String genuine(QueueScene scene) {
    return scene.envelope(scene.victim(), scene.text());
  }

  private static void envelope(
      MessageList list, String name, Function<QueueScene, String> envelope) {
    message(list, name, (scene, message) -> message.attribute(ENVELOPE, envelope.apply(scene)));
  }

  private static void message(
      MessageList list, String name, BiConsumer<QueueScene, SqsSend> tampering) {
    list.add(name, scene -> scene.refused(message -> tampering.accept(scene, message)));
  }
}
