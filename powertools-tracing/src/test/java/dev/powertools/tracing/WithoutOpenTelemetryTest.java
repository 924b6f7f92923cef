// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where nobody listens, all works and not one class of OpenTelemetry is loaded. */
class WithoutOpenTelemetryTest {

  private static final String SERVICES =
      "META-INF/services/io.opentelemetry.context.ContextStorageProvider";

  /** Loads the toolkit anew, over a class path from which some files are missing. */
  private static final class Missing extends URLClassLoader {

    private final List<String> hidden;
    private final List<String> asked = new ArrayList<>();

    Missing(String... hidden) {
      super(classPath(), WithoutOpenTelemetryTest.class.getClassLoader());
      this.hidden = List.of(hidden);
    }

    private static URL[] classPath() {
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
          .map(Missing::url)
          .toArray(URL[]::new);
    }

    private static URL url(String entry) {
      try {
        return Path.of(entry).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }

    private boolean isHidden(String file) {
      return hidden.stream().anyMatch(file::startsWith);
    }

    @Override
    public @Nullable URL getResource(String name) {
      return isHidden(name) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return isHidden(name) ? Collections.emptyEnumeration() : findResources(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.opentelemetry.")) {
        asked.add(name);
      }
      if (isHidden(name.replace('.', '/'))) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith("dev.powertools.") || name.startsWith("io.opentelemetry.")) {
        synchronized (getClassLoadingLock(name)) {
          Class<?> loaded = findLoadedClass(name);
          return loaded == null ? findClass(name) : loaded;
        }
      }
      return super.loadClass(name, resolve);
    }

    @SuppressWarnings("unchecked") // it implements it
    String runTraced() throws ReflectiveOperationException {
      Class<?> function = loadClass(TracedWithNobody.class.getName());
      try {
        return ((Callable<String>) function.getDeclaredConstructor().newInstance()).call();
      } catch (ReflectiveOperationException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void no_class_is_loaded_where_there_is_the_api_alone() throws Exception {
    try (Missing loader = new Missing("io/opentelemetry/sdk/")) {
      assertThat(loader.runTraced()).isEqualTo("links: none, handled o-1, inner, headers: {}, []");
      assertThat(loader.asked).isEmpty();
    }
  }

  @Test
  void all_works_without_the_api_itself() throws Exception {
    try (Missing loader = new Missing("io/opentelemetry/")) {
      assertThat(loader.runTraced()).startsWith("links: none, handled o-1");
      assertThat(loader.asked).isEmpty();
    }
  }

  @Test
  void an_sdk_without_the_api_is_none() throws Exception {
    try (Missing loader = new Missing("io/opentelemetry/api/")) {
      assertThat(loader.runTraced()).startsWith("links: none, handled o-1");
      assertThat(loader.asked).isEmpty();
    }
  }

  @Test
  void an_api_that_is_broken_degrades() throws Exception {
    try (Missing loader = new Missing("io/opentelemetry/context/")) {
      assertThat(loader.runTraced()).contains("handled o-1, inner, headers: {}, []");
    }
  }

  @Test
  void an_api_whose_services_are_broken_degrades() throws Exception {
    try (Missing loader = new Missing("io/opentelemetry/sdk/testing/")) {
      assertThat(loader.runTraced()).contains("handled o-1, inner, headers: {}, []");
    }
  }

  @Test
  void an_sdk_that_nobody_set_up_makes_no_spans_and_stays_open_to_be_set_up()
      throws IOException, ReflectiveOperationException {
    try (Missing loader = new Missing(SERVICES)) {
      assertThat(loader.runTraced()).contains("handled o-1, inner, headers: {}, []");
      assertThat(loader.asked).contains("io.opentelemetry.api.GlobalOpenTelemetry");
      Class<?> global = loader.loadClass("io.opentelemetry.api.GlobalOpenTelemetry");
      assertThat(global.getMethod("isSet").invoke(null)).isEqualTo(false);
    }
  }
}
