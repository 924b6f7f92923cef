// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.tenancy.resource.TenantRole;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A function whose class path lacks parts of the AWS SDK. */
class WithoutStsTest {

  @TenantRole(arn = "arn:aws:iam::123456789012:role/tenants")
  interface Declared {}

  interface Undeclared {}

  /** Loads our classes anew, and finds nothing of some packages. */
  private static final class Lacking extends ClassLoader {

    private final String missing;

    Lacking(String missing) {
      super(WithoutStsTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(missing)) {
        throw new ClassNotFoundException(name);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        return name.startsWith("dev.powertools.tenancy.")
            ? ours(name)
            : super.loadClass(name, resolve);
      }
    }

    private Class<?> ours(String name) throws ClassNotFoundException {
      try (InputStream file = getParent().getResourceAsStream(file(name))) {
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.startsWith(missing.replace('.', '/')) ? null : super.getResource(name);
    }

    private static String file(String name) {
      return name.replace('.', '/') + ".class";
    }
  }

  private static Optional<?> vendor(String missing, Class<?> isolation) throws Throwable {
    ClassLoader loader = new Lacking(missing);
    FunctionRuntime runtime =
        FunctionRuntime.builder().config(Config.of(Map.of("AWS_REGION", "eu-west-1"))).build();
    try {
      return (Optional<?>)
          loader
              .loadClass(Credentials.class.getName())
              .getMethod("of", Class.class, FunctionRuntime.class)
              .invoke(null, loader.loadClass(isolation.getName()), runtime);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void a_role_that_can_not_be_assumed_says_what_to_add_while_the_function_starts() {
    assertThatThrownBy(() -> vendor("software.amazon.awssdk.services.sts.", Declared.class))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("@TenantRole of " + Declared.class.getName())
        .hasMessageContaining("<artifactId>sts</artifactId>");
    assertThatThrownBy(() -> vendor("software.amazon.awssdk.http.urlconnection.", Declared.class))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("<artifactId>url-connection-client</artifactId>");
  }

  @Test
  void without_a_role_nothing_of_it_is_needed() throws Throwable {
    assertThat(vendor("software.amazon.awssdk.services.sts.", Undeclared.class)).isEmpty();
  }

  @Test
  void with_all_of_it_there_is_a_vendor() throws Throwable {
    assertThat(vendor("software.amazon.awssdk.services.nothing.", Declared.class)).isPresent();
  }
}
