// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

/** How often what happened, to prove that the runs are not boring. */
final class ModelCounts {
  int bodies;
  int replays;
  int yields;
  int takeOvers;
  int recognised;
  int lost;
  int renewed;
  int finishedAnew;
  int waited;
  int keptFailures;
  int forgotten;

  void add(ModelCounts other) {
    bodies += other.bodies;
    replays += other.replays;
    yields += other.yields;
    takeOvers += other.takeOvers;
    recognised += other.recognised;
    lost += other.lost;
    renewed += other.renewed;
    finishedAnew += other.finishedAnew;
    waited += other.waited;
    keptFailures += other.keptFailures;
    forgotten += other.forgotten;
  }
}
