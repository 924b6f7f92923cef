// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.List;

/**
 * One order in which the steps of concurrent deliveries were run, and what came of it. As text it
 * is the list of its steps. Immutable.
 */
public final class Interleaving {

  private final Functions functions;
  private final List<TestResponse> responses;
  private final List<Step> schedule;
  private final List<String> account;

  Interleaving(
      Functions functions,
      List<TestResponse> responses,
      List<Step> schedule,
      List<String> account) {
    this.functions = functions;
    this.responses = List.copyOf(responses);
    this.schedule = List.copyOf(schedule);
    this.account = List.copyOf(account);
  }

  /** The functions of this order: its store, its logs, its clock, and further invocations. */
  public Functions functions() {
    return functions;
  }

  /**
   * A collaborator of this order.
   *
   * @throws IllegalArgumentException if the functions were given none of this type
   */
  public <T> T part(Class<T> type) {
    return functions
        .part(type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The functions were given no "
                        + type.getName()
                        + ": .with("
                        + type.getSimpleName()
                        + ".class, () -> …)"));
  }

  /**
   * What each delivery answered, in the order of the events. One that died has the error that
   * Lambda reports then, {@code Runtime.ExitError}.
   */
  public List<TestResponse> responses() {
    return responses;
  }

  /** The answers of those that did not fail. */
  public List<TestResponse> succeeded() {
    return responses.stream().filter(response -> response.error().isEmpty()).toList();
  }

  /** Whether a delivery died on the way. */
  public boolean crashed() {
    return schedule.stream().anyMatch(step -> step.kind() == Step.Kind.CRASH);
  }

  /** Whether time passed on the way, which leases may not have outlived. */
  public boolean timePassed() {
    return schedule.stream().anyMatch(step -> step.kind() == Step.Kind.TIME);
  }

  /** The order in short, for {@link EveryOrder#only}. */
  public String schedule() {
    return String.join(" ", schedule.stream().map(Step::toString).toList());
  }

  /** The steps, one on a line. */
  @Override
  public String toString() {
    return String.join("\n", account);
  }
}
