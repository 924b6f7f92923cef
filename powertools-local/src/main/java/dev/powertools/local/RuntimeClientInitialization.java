// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import dev.powertools.core.config.Config;
import java.security.Security;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Initialises the runtime client's main class, once, without letting it change this JVM: its static
 * initialiser weakens the TLS algorithms and replaces a DNS setting and the trust store, which
 * suits Lambda's sandbox and not a test JVM.
 */
final class RuntimeClientInitialization {
  private static final String ALGORITHMS = "jdk.tls.disabledAlgorithms";
  private static final String NEGATIVE_TTL = "networkaddress.cache.negative.ttl";
  private static final String CRAC = "org.crac.Core.Compat";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  // A class is initialised once and under the JVM's own lock: exactly what this needs.
  static {
    String algorithms = Security.getProperty(ALGORITHMS);
    String negativeTtl = Security.getProperty(NEGATIVE_TTL);
    Optional<String> trustStore = Config.environment().systemProperty(TRUST_STORE);
    try {
      Class.forName(AWSLambda.class.getName(), true, AWSLambda.class.getClassLoader());
      // Lambda's JVM is started with it: without it, CRaC resources register with nobody.
      if (Config.environment().systemProperty(CRAC).isEmpty()) {
        System.setProperty(CRAC, "com.amazonaws.services.lambda.crac");
      }
    } catch (ClassNotFoundException e) {
      throw new ExceptionInInitializerError(e);
    } finally {
      restore(ALGORITHMS, algorithms);
      restore(NEGATIVE_TTL, negativeTtl);
      if (trustStore.isEmpty()) {
        System.clearProperty(TRUST_STORE);
      }
    }
  }

  private RuntimeClientInitialization() {}

  static void ensure() {
    // Being called is enough: the static initialiser has run.
  }

  private static void restore(String property, @Nullable String value) {
    if (value != null) {
      Security.setProperty(property, value);
    }
  }
}
