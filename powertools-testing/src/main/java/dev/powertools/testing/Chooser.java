// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import java.util.ArrayList;
import java.util.List;

/** Decides what happens next. Confined to one thread. */
interface Chooser {

  /**
   * Takes one of the steps that are possible.
   *
   * @param number how many were taken before
   */
  Step choose(int number, List<Step> possible);

  /** A run did not do what an earlier one did under the same steps. */
  final class Diverged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Diverged(int number, List<Step> before, List<Step> now) {
      super("at step " + (number + 1) + " it could go on by " + before + " once, and by " + now);
    }
  }

  /** One schedule that was written down; what comes after its end is done in turn. */
  record Written(List<String> steps) implements Chooser {

    static Written of(String schedule) {
      return new Written(List.of(schedule.strip().split("\\s+")));
    }

    @Override
    public Step choose(int number, List<Step> possible) {
      if (number >= steps.size()) {
        return possible.get(0);
      }
      String wanted = steps.get(number);
      return possible.stream()
          .filter(step -> step.toString().equals(wanted))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Step "
                          + (number + 1)
                          + " of only(\""
                          + String.join(" ", steps)
                          + "\") is "
                          + wanted
                          + ", and possible there are "
                          + possible
                          + ": take the schedule from the failure, and the same options"));
    }
  }

  /** All schedules, depth first: each run repeats the last one up to a step, and differs there. */
  final class Every implements Chooser {

    private record Node(List<Step> possible, int taken) {}

    private final List<Node> path = new ArrayList<>();

    @Override
    public Step choose(int number, List<Step> possible) {
      if (number == path.size()) {
        path.add(new Node(possible, 0));
      }
      Node node = path.get(number);
      if (!node.possible.equals(possible)) {
        throw new Diverged(number, node.possible, possible);
      }
      return node.possible.get(node.taken);
    }

    /** Turns to the next schedule; false if there is none. */
    boolean next() {
      while (!path.isEmpty()) {
        Node last = path.remove(path.size() - 1);
        if (last.taken + 1 < last.possible.size()) {
          path.add(new Node(last.possible, last.taken + 1));
          return true;
        }
      }
      return false;
    }
  }
}
