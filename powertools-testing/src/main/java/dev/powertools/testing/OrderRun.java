// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One interleaving while it is run, step by step. Used by one thread. */
final class OrderRun {

  private static final int MOST_STEPS = 2_000;
  private static final int TOLD_STEPS = 30;

  /**
   * What may happen beside deliveries going on.
   *
   * @param crashes whether one of them may die
   * @param time how much time may pass; empty for none
   */
  record Disasters(boolean crashes, Optional<Duration> time) {}

  /** How the deliveries of one actor are begun. */
  @FunctionalInterface
  interface Starter {
    void start(int index, Actor actor);
  }

  private final Functions functions;
  private final Stage stage;
  private final Starter starter;
  private final Disasters disasters;
  private final List<Step> schedule = new ArrayList<>();
  private final List<String> account = new ArrayList<>();
  private boolean crashed;
  private boolean passed;

  OrderRun(Functions functions, Stage stage, Starter starter, Disasters disasters) {
    this.functions = functions;
    this.stage = stage;
    this.starter = starter;
    this.disasters = disasters;
  }

  Interleaving play(Chooser chooser) throws InterruptedException {
    while (!stage.whoCanGo().isEmpty()) {
      if (schedule.size() == MOST_STEPS) {
        throw new AssertionError(
            "An order did not end within "
                + MOST_STEPS
                + " steps. Does a delivery wait for another one by polling without end?");
      }
      take(chooser.choose(schedule.size(), possible()));
    }
    return new Interleaving(functions, responses(), schedule, account);
  }

  /** The last steps so far, for a failure on the way. */
  String account() {
    int from = Math.max(0, account.size() - TOLD_STEPS);
    return (from == 0 ? "" : "…\n") + String.join("\n", account.subList(from, account.size()));
  }

  private List<Step> possible() {
    List<Step> steps = new ArrayList<>();
    stage.whoCanGo().forEach(actor -> steps.add(new Step(Step.Kind.GO, actor.name())));
    if (disasters.crashes() && !crashed) {
      stage.whoCanDie().forEach(actor -> steps.add(new Step(Step.Kind.CRASH, actor.name())));
    }
    boolean begun = stage.actors().stream().anyMatch(Actor::hasStarted);
    if (disasters.time().isPresent() && !passed && begun) {
      steps.add(new Step(Step.Kind.TIME, ""));
    }
    return steps;
  }

  private void take(Step step) throws InterruptedException {
    schedule.add(step);
    List<String> before = stage.places();
    switch (step.kind()) {
      case GO -> stage.move(() -> go(actor(step)));
      case CRASH -> {
        crashed = true;
        stage.move(actor(step)::die);
      }
      case TIME -> {
        passed = true;
        functions.clock().advance(disasters.time().orElseThrow());
      }
    }
    tell(step, before, stage.places());
  }

  private Actor actor(Step step) {
    return stage.actors().stream()
        .filter(actor -> actor.name().equals(step.delivery()))
        .findFirst()
        .orElseThrow();
  }

  private void go(Actor actor) {
    if (actor.hasStarted()) {
      actor.goOn();
    } else {
      starter.start(stage.actors().indexOf(actor), actor);
    }
  }

  /** The step itself, and whoever it let go on that had waited. */
  private void tell(Step step, List<String> before, List<String> after) {
    StringBuilder line = new StringBuilder(String.format("%3d. ", schedule.size()));
    if (step.kind() == Step.Kind.TIME) {
      line.append(disasters.time().orElseThrow()).append(" pass");
    }
    String separator = step.delivery().isEmpty() ? "; " : "";
    for (Actor actor : stage.actors()) {
      int i = stage.actors().indexOf(actor);
      if (actor.name().equals(step.delivery()) || !before.get(i).equals(after.get(i))) {
        line.append(separator).append(actor.name()).append(": ");
        line.append(before.get(i)).append(" -> ").append(after.get(i));
        separator = "; ";
      }
    }
    account.add(line.toString());
  }

  private List<TestResponse> responses() {
    List<TestResponse> responses = new ArrayList<>();
    for (Actor actor : stage.actors()) {
      TestResponse response = actor.response();
      if (response == null) {
        throw new IllegalStateException(
            "Delivery " + actor.name() + " could not be invoked", actor.failure());
      }
      responses.add(response);
    }
    return responses;
  }
}
