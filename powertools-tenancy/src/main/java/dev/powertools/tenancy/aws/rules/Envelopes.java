// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.TenantGrammar;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.aws.rules.Members.Part;
import dev.powertools.tenancy.envelope.EnvelopeRefusedException;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.envelope.TenantEnvelope.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * The signed envelopes of messages, alone or several in a request: adds them, and checks that they
 * are still there when nothing can change the request any more. Thread-safe.
 */
final class Envelopes {

  private static final String RULE = "envelope";
  private static final int MOST_ATTRIBUTES = 10;

  private final Shapes requests;
  private final Shape attribute =
      new Shapes("attribute: type=DataType text=StringValue").get("attribute");

  Envelopes(Shapes requests) {
    this.requests = requests;
  }

  /**
   * Where messages go.
   *
   * @param arn the destination
   * @param group the group of messages that have none; null to leave them without
   */
  record Destination(String arn, @Nullable String group) {}

  /** A request whose messages carry an envelope each. */
  SdkRequest signed(Members request, Destination to, Asked asked) {
    if (request.have(Role.BODY)) {
      return (SdkRequest) message(request, to, asked);
    }
    Copy copy = Copy.of(request.pojo());
    for (Part entries : request.parts(Role.EACH)) {
      List<Object> signed = new ArrayList<>();
      for (Object each : (List<?>) entries.value()) {
        signed.add(message(asked.members(requests.get(entries.shape()), each), to, asked));
      }
      request.fields(Role.EACH).forEach(field -> copy.with(field, signed));
    }
    return (SdkRequest) copy.build();
  }

  private static Object message(Members message, Destination to, Asked asked) {
    Map<?, ?> present = message.map(Role.ATTRIBUTES);
    for (Object name : present.keySet()) {
      if (TenantEnvelope.ATTRIBUTE.equalsIgnoreCase(String.valueOf(name))) {
        throw asked.denied(
            RULE,
            "a message has an attribute "
                + TenantEnvelope.ATTRIBUTE
                + " already, and only the client may set it, for the tenant it is bound to. Leave"
                + " it out; to pass on a message that another signed, verify it and send it by a"
                + " client of that tenant",
            null);
      }
    }
    if (present.size() >= MOST_ATTRIBUTES) {
      throw asked.denied(
          RULE,
          "a message has "
              + present.size()
              + " attributes, 10 is the most, and the tenant envelope is one. Put what can be in"
              + " the body into the body",
          null);
    }
    Copy copy = Copy.of(message.pojo());
    for (SdkField<?> field : message.fields(Role.ATTRIBUTES)) {
      Map<Object, Object> more = new HashMap<>(present);
      more.put(TenantEnvelope.ATTRIBUTE, attribute(field, envelope(message, to, asked)));
      copy.with(field, more);
    }
    if (to.group() != null && message.value(Role.GROUP) == null) {
      message.fields(Role.GROUP).forEach(field -> copy.with(field, to.group()));
    }
    return copy.build();
  }

  private static String envelope(Members message, Destination to, Asked asked) {
    return TenantEnvelope.sign(asked.tenant(), new Message(to.arn(), body(message)));
  }

  private static String body(Members message) {
    String body = message.text(Role.BODY);
    return body == null ? "" : body;
  }

  /** A value of a map of attributes, of the class that the service's module has for it. */
  private static Object attribute(SdkField<?> attributes, String text) {
    Object builder = attributes.getTrait(MapTrait.class).valueFieldInfo().constructor().get();
    return Copy.ofNew((SdkPojo) builder)
        .with("DataType", "String")
        .with("StringValue", text)
        .build();
  }

  /** Requires that each message has an envelope of the tenant's. */
  void check(Members request, Destination to, Asked asked) {
    if (request.have(Role.BODY)) {
      requireSigned(request, to, asked);
    }
    for (Part entries : request.parts(Role.EACH)) {
      for (Object each : (List<?>) entries.value()) {
        requireSigned(asked.members(requests.get(entries.shape()), each), to, asked);
      }
    }
  }

  private void requireSigned(Members message, Destination to, Asked asked) {
    Object present = message.map(Role.ATTRIBUTES).get(TenantEnvelope.ATTRIBUTE);
    Members value = present instanceof SdkPojo pojo ? attribute.of(pojo) : null;
    String envelope =
        value != null && value.unnamed() == null && "String".equals(value.text(Role.TYPE))
            ? value.text(Role.TEXT)
            : null;
    if (envelope == null || !isOwn(envelope, new Message(to.arn(), body(message)), asked)) {
      throw asked.denied(
          RULE,
          "a message is not, or no longer, as it was signed for the tenant. An interceptor or"
              + " plugin changed it; remove it from the client",
          null);
    }
  }

  private static boolean isOwn(String envelope, Message message, Asked asked) {
    TenantId tenant = asked.tenant();
    try {
      for (TenantGrammar grammar : TenantGrammar.values()) {
        if (grammar.matches(tenant.value())) {
          return TenantEnvelope.verify(envelope, message, grammar).equals(tenant);
        }
      }
      return false;
    } catch (EnvelopeRefusedException e) {
      return false;
    }
  }
}
