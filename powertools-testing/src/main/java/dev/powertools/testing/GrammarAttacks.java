// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.testing.TenantAttack.AttackList;
import dev.powertools.testing.TenantAttack.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ids that are none, each proved as an id would be. */
final class GrammarAttacks {

  private GrammarAttacks() {}

  /** What stands for the attacker's id is filled in. */
  private static List<String> ids() {
    List<String> ids =
        new ArrayList<>(
            List.of(
                "",
                " ",
                "?",
                "*",
                "**",
                ".",
                "..",
                "/",
                "${aws:username}",
                "{tenant}",
                "%",
                "%2F",
                "a?me",
                "null",
                "\u0000",
                "\"",
                "\\",
                "'",
                "' OR '1'='1",
                "İ",
                "ı",
                "acme inc"));
    for (String around :
        List.of(
            "ID/",
            "/ID",
            "ID\u0000",
            "ID\n",
            " ID",
            "ID ",
            "ID,globex",
            "ID;globex",
            "ID globex",
            "[ID globex]",
            "ID\",\"globex",
            "ID#",
            "#ID",
            "ID/../globex",
            "ID*",
            "ID?",
            "-ID",
            "ID-",
            "ID_",
            "ID.",
            "ID\u200B",
            "\uFEFFID",
            "ID\u0301",
            "ID\uD83D\uDE00",
            "ID=",
            "arn:ID",
            "ID@globex",
            "ID\u2028",
            "I\u0307D")) {
      ids.add(around);
    }
    ids.remove("null"); // which is a fine id
    return ids;
  }

  static void addTo(AttackList list) {
    for (String form : ids()) {
      list.add(
          Group.GRAMMAR,
          "the id is " + visible(form),
          scene -> attempt(scene, form.replace("ID", scene.attacker())));
    }
    list.add(
        Group.GRAMMAR,
        "the id is in capitals",
        scene -> attempt(scene, scene.attacker().toUpperCase(Locale.ROOT)));
    list.add(
        Group.GRAMMAR,
        "the id has a fullwidth letter",
        scene ->
            attempt(
                scene,
                (char) ('ａ' + scene.attacker().charAt(0) - 'a') + scene.attacker().substring(1)));
    list.add(Group.GRAMMAR, "the id has 300 characters", scene -> attempt(scene, "a".repeat(300)));
  }

  private static void attempt(TenantScene scene, String id) {
    byte[] event = scene.proof().prove(scene.unproved().toBytes(), id);
    if (event != null) {
      scene.refused(event, as -> {});
    }
  }

  private static String visible(String id) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      text.append(c < ' ' || c > '~' ? String.format("\\u%04x", (int) c) : c);
    }
    return text.append('"').toString();
  }
}
