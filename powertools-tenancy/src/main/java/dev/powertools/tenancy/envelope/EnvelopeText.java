// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An envelope as it travels: seven fields with {@code |} between, none of which can hold one.
 *
 * <p>The signature is over the fields' own text, so a text that decodes to the same values in
 * another spelling is another envelope, and wrong. Each field goes in behind its length: no two
 * envelopes have the same input.
 *
 * @param signature Base64 (URL form, no padding), as is the hash
 */
record EnvelopeText(
    String key,
    String tenant,
    String issuedAt,
    String destination,
    String bodyHash,
    String signature) {

  static final int MOST_CHARACTERS = 1024;

  private static final String VERSION = "1";
  private static final String CONTEXT = "dev.powertools.tenancy.envelope";
  private static final Pattern SHAPE =
      Pattern.compile(
          "1\\|([A-Za-z0-9_-]{1,32})\\|([!-{}~]{1,128})\\|([0-9]{1,15})\\|([!-{}~]{1,512})"
              + "\\|([A-Za-z0-9_-]{43})\\|([A-Za-z0-9_-]{43})");
  private static final Pattern OTHER_VERSION = Pattern.compile("[0-9]{1,6}\\|.*", Pattern.DOTALL);
  private static final Pattern DESTINATION = Pattern.compile("arn:[!-{}~]{1,508}");

  /** Reads one; refuses what is none, by the reason that tells most. */
  static EnvelopeText parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new EnvelopeRefusedException(EnvelopeRefusal.OVERSIZED);
    }
    var fields = SHAPE.matcher(text);
    if (!fields.matches()) {
      throw new EnvelopeRefusedException(misfit(text));
    }
    return new EnvelopeText(
        fields.group(1),
        fields.group(2),
        fields.group(3),
        fields.group(4),
        fields.group(5),
        fields.group(6));
  }

  private static EnvelopeRefusal misfit(String text) {
    boolean bare = text.indexOf('|') < 0;
    boolean cut = text.endsWith("|") && text.chars().filter(c -> c == '|').count() == 6;
    if (bare || cut) {
      return text.isBlank() ? EnvelopeRefusal.MISSING : EnvelopeRefusal.UNSIGNED;
    }
    boolean other = OTHER_VERSION.matcher(text).matches() && !text.startsWith(VERSION + "|");
    return other ? EnvelopeRefusal.OTHER_VERSION : EnvelopeRefusal.MALFORMED;
  }

  static boolean isDestination(String text) {
    return DESTINATION.matcher(text).matches();
  }

  /** What is signed. */
  byte[] input() {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    for (String field : List.of(CONTEXT, VERSION, key, tenant, issuedAt, destination, bodyHash)) {
      byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
      input.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      input.writeBytes(bytes);
    }
    return input.toByteArray();
  }

  EnvelopeText signed(String value) {
    return new EnvelopeText(key, tenant, issuedAt, destination, bodyHash, value);
  }

  String text() {
    return String.join("|", VERSION, key, tenant, issuedAt, destination, bodyHash, signature);
  }

  /** Nothing of it: a claim that nobody has verified. */
  @Override
  public String toString() {
    return "an envelope";
  }
}
