// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One way to try to work as another tenant, or to see what is another's. Immutable.
 *
 * <p>What is checked of each: the attacker's invocation is refused before anything of the handler
 * runs, or it runs as the attacker and nobody else, as the attack allows; the victim's secret is in
 * no response, line, span and AWS request of it; and a refusal repeats nothing of the victim's id.
 *
 * <p>The groups {@link Group#DYNAMODB}, {@link Group#S3}, {@link Group#SDK} and {@link
 * Group#CREDENTIALS} attack by the handler's own {@code TenantClients} and what they declare: the
 * handler does its own work for both tenants first, in which nothing may be denied; then each
 * request for what is the victim's must be denied by a rule before anything is sent, and the same
 * request for the attacker's own must be sent. What comes back is not looked at, so let services
 * answer what the handler's own work needs, and no more.
 */
public final class TenantAttack {

  /** What an attack aims at. */
  public enum Group {
    /** Who the caller is. */
    IDENTITY,
    /** What ids may look like. */
    GRAMMAR,
    /** The scope: where it is in force, and for how long. */
    CONTEXT,
    /** What one tenant leaves behind for the next. */
    STATE,
    /** Messages in a queue that tenants share: for handlers with {@code @FromEnvelope}. */
    MESSAGING,
    /** Items of other tenants in the tables that the handler's clients declare. */
    DYNAMODB,
    /** Objects of other tenants in the buckets that the handler's clients declare. */
    S3,
    /** The ways past a client's guard that the AWS SDK has, and clients that have none. */
    SDK,
    /** Whose credentials sign a tenant's calls: for handlers with {@code @TenantRole}. */
    CREDENTIALS
  }

  /** What an attack does. */
  @FunctionalInterface
  interface Script {
    void play(TenantScene scene);
  }

  /** An attack on a handler, in scenes of its kind. */
  @FunctionalInterface
  private interface Trial {
    void run(Functions functions, Class<?> handler, Function<String, ? extends Object> event);
  }

  private final Group group;
  private final String name;
  private final Trial trial;

  private TenantAttack(Group group, String name, Trial trial) {
    this.group = group;
    this.name = name;
    this.trial = trial;
  }

  /** All attacks there are. */
  public static List<TenantAttack> all(String attacker, String victim) {
    List<TenantAttack> all = new ArrayList<>();
    AttackList list =
        (group, name, script) ->
            all.add(
                new TenantAttack(
                    group,
                    name,
                    (functions, handler, event) -> {
                      TenantScene scene =
                          new TenantScene(functions, handler, event, attacker, victim);
                      scene.proved(); // or there is nothing to attack
                      script.play(scene);
                    }));
    IdentityAttacks.addTo(list);
    GrammarAttacks.addTo(list);
    StateAttacks.addTo(list);
    MessageAttacks.addTo(
        (name, script) ->
            all.add(
                new TenantAttack(
                    Group.MESSAGING,
                    name,
                    (functions, handler, event) ->
                        script.accept(
                            new QueueScene(functions, handler, event, attacker, victim)))));
    ClientAttacks.addTo(
        (group, name, script) ->
            all.add(
                new TenantAttack(
                    group,
                    name,
                    (functions, handler, event) ->
                        script.accept(
                            new ClientScene(functions, handler, event, attacker, victim)))));
    return all;
  }

  /** Where attacks are put. */
  @FunctionalInterface
  interface AttackList {
    void add(Group group, String name, Script script);
  }

  /** What it aims at. */
  public Group group() {
    return group;
  }

  /**
   * Tries it on a handler.
   *
   * @param functions of the test
   * @param handler the handler's class; to be isolated by a source that an event carries, for
   *     {@link Group#MESSAGING} by {@code @FromEnvelope} on the record method of a handler of SQS
   * @param event makes a good event of the function, or the body of a good message, without any
   *     proof, that holds this secret of the tenant who sends it: in its body, say. It is the same
   *     for both tenants but for that, so that what is keyed by the rest of it can be mixed up.
   * @throws AssertionError if it gets through
   */
  public void against(
      Functions functions, Class<?> handler, Function<String, ? extends Object> event) {
    try {
      trial.run(functions, handler, event);
    } catch (AssertionError e) {
      throw new AssertionError("[" + this + "] got through: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return group + ": " + name;
  }
}
