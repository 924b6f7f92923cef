// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.envelope;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantDeniedException;
import dev.powertools.tenancy.TenantGrammar;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.Tenants;
import java.util.Set;

/**
 * A signed statement that travels with a message, as its attribute {@value #ATTRIBUTE}: this body
 * was sent to this destination for this tenant. Whoever has no key can neither make one, nor move
 * one to another message, queue or tenant. It hides nothing: the tenant's id is readable in it.
 *
 * <p>It does not expire, since a queue's retention bounds how long a message waits, and it can be
 * delivered again with its message, which idempotency is for.
 *
 * <p>Methods use the {@link EnvelopeKeys} and the time of the runtime in force. They throw {@link
 * EnvelopeKeysUnavailableException} where keys can't be had. Stateless and thread-safe.
 */
public final class TenantEnvelope {

  /** The name of the message attribute, and of the member of an event's detail. */
  public static final String ATTRIBUTE = "pt.tenant";

  private TenantEnvelope() {}

  /**
   * A message, and where it goes.
   *
   * @param destination the ARN of the queue, topic or bus
   * @param body what the receiver gets as the body, byte for byte
   */
  public record Message(String destination, String body) {

    /** Not the body, which is a tenant's. */
    @Override
    public String toString() {
      return "a message to " + destination;
    }
  }

  /**
   * Signs a message for a tenant.
   *
   * @return the envelope, for the message's attribute {@value #ATTRIBUTE}
   * @throws IllegalArgumentException if the destination is no ARN
   * @throws TenantDeniedException if the work on this thread is another tenant's
   */
  public static String sign(TenantId tenant, Message message) {
    requireOwn(tenant);
    return sealer().seal(tenant, message.destination(), message.body());
  }

  /**
   * Proves whose a message is.
   *
   * @param message as it was received, with the ARN of the queue, topic or bus it was sent to
   * @param grammar what ids look like
   * @throws EnvelopeRefusedException if the envelope does not prove it
   */
  public static TenantId verify(String envelope, Message message, TenantGrammar grammar) {
    return open(envelope, message.destination(), message.body(), grammar);
  }

  /** As {@link #verify(String, Message, TenantGrammar)}, by {@link TenantGrammar#SLUG}. */
  public static TenantId verify(String envelope, Message message) {
    return verify(envelope, message, TenantGrammar.SLUG);
  }

  /**
   * The envelope of a message that was edited, or goes elsewhere: for redrives. It is for the same
   * tenant, which the old one must prove; nothing else may choose it.
   *
   * @param envelope of the message as it was
   * @throws EnvelopeRefusedException if it does not prove whose the message was
   */
  public static String resign(
      String envelope, Message was, Message becomes, TenantGrammar grammar) {
    return sign(verify(envelope, was, grammar), becomes);
  }

  /** As {@link #resign(String, Message, Message, TenantGrammar)}, by {@link TenantGrammar#SLUG}. */
  public static String resign(String envelope, Message was, Message becomes) {
    return resign(envelope, was, becomes, TenantGrammar.SLUG);
  }

  /**
   * Signs the detail of an EventBridge event for a tenant, whatever order and spacing its JSON is
   * given on its way.
   *
   * @param bus the ARN of the event bus, and the detail as the body: one JSON object
   * @return the detail with one member more, {@value #ATTRIBUTE}
   * @throws IllegalArgumentException if the destination is no ARN, or the detail has that member
   * @throws EnvelopeRefusedException if the detail is no JSON object, or has a key twice
   * @throws TenantDeniedException if the work on this thread is another tenant's
   */
  public static String signDetail(TenantId tenant, Message bus) {
    requireOwn(tenant);
    EventDetail detail = EventDetail.read(Sealer.bytes(bus.body()));
    if (detail.hasEnvelope()) {
      throw new IllegalArgumentException(
          "The detail has a member " + ATTRIBUTE + ". Leave it out.");
    }
    return detail.with(sealer().seal(tenant, bus.destination(), detail.canonical()));
  }

  /**
   * Proves whose an EventBridge event is.
   *
   * @param bus the ARN of the event bus, and the detail as it was received
   * @throws EnvelopeRefusedException if its envelope does not prove it
   */
  public static TenantId verifyDetail(Message bus, TenantGrammar grammar) {
    EventDetail detail = EventDetail.read(Sealer.bytes(bus.body()));
    return open(detail.envelope(), bus.destination(), detail.canonical(), grammar);
  }

  private static TenantId open(
      String envelope, String destination, String body, TenantGrammar grammar) {
    return sealer().open(envelope, Set.of(destination), body).tenant(grammar);
  }

  /** A tenant's work speaks for no other; the system, and work of nobody's, may. */
  private static void requireOwn(TenantId tenant) {
    String inForce =
        FunctionInvocation.current()
            .flatMap(work -> work.attributes().get(Tenants.TENANT_ID))
            .orElse(Tenants.SYSTEM);
    if (!inForce.equals(tenant.value()) && !inForce.equals(Tenants.SYSTEM)) {
      throw new TenantDeniedException(
          "switch",
          "The work on this thread is tenant "
              + inForce
              + "'s, and was to sign a message of another's. Sign for Tenants.current().id(), or as"
              + " the system.",
          null);
    }
  }

  private static Sealer sealer() {
    return Sealer.of(FunctionRuntime.current());
  }
}
