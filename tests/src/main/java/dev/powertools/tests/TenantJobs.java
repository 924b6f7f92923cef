// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Permanent;
import dev.powertools.tenancy.Tenants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that the handlers of these tests did, each for the tenant in force. Thread-safe. */
public final class TenantJobs {

  private static final Logger LOG = LoggerFactory.getLogger(TenantJobs.class);

  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> broken = Collections.synchronizedSet(new HashSet<>());

  /** A job. */
  public record Job(String name) {}

  /** It can't be done, now or ever. */
  @Permanent
  public static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Impossible(String job) {
      super(job);
    }
  }

  /** Those of the test that is running. */
  public static TenantJobs current() {
    return FunctionRuntime.current().part(TenantJobs.class).orElseThrow();
  }

  /** Makes a job impossible. */
  public TenantJobs breaking(String job) {
    broken.add(job);
    return this;
  }

  /** Makes all jobs possible. */
  public void mend() {
    broken.clear();
  }

  /** Does a job for the tenant in force. */
  public void work(Job job) {
    if (broken.contains(job.name())) {
      throw new Impossible(job.name());
    }
    done.add(Tenants.current().id() + " " + job.name());
    LOG.info("Did {}", job.name());
  }

  /** Tenants and jobs, in order, as often as they were done. */
  public List<String> done() {
    return done;
  }
}
