// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.powertools.core.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetFileTest {

  private static final String NET = "dev.powertools.tenancy.aws.TenantNet";

  /** Sees the SDK, if it is to, and files of this content. */
  private static final class Jars extends ClassLoader {
    private final boolean sdk;
    private final List<String> files;

    Jars(boolean sdk, String... files) {
      super(null);
      this.sdk = sdk;
      this.files = List.of(files);
    }

    @Override
    public @Nullable URL getResource(String name) {
      return name.endsWith(".class") && sdk
          ? NetFileTest.class.getClassLoader().getResource(name)
          : null;
    }

    @Override
    public Enumeration<URL> getResources(String name) {
      return Collections.enumeration(
          name.equals(NetFile.NAME) ? files.stream().map(Jars::file).toList() : List.of());
    }

    private static URL file(String content) {
      try {
        return new URL(null, "test:file", new Content(content));
      } catch (MalformedURLException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static final class Content extends URLStreamHandler {
    private final String content;

    Content(String content) {
      this.content = content;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }

  @Test
  void names_the_net_on_the_class_path_as_it_is() {
    assertThatCode(() -> NetFile.require(NetFileTest.class.getClassLoader()))
        .doesNotThrowAnyException();
  }

  @Test
  void may_name_others_and_be_one_of_several() {
    assertThatCode(
            () ->
                NetFile.require(new Jars(true, "com.acme.XRay\n", "com.acme.A\r\n" + NET + " \n")))
        .doesNotThrowAnyException();
  }

  @Test
  void that_a_shaded_jar_lost_fails_with_the_way_to_merge_it() {
    assertThatThrownBy(() -> NetFile.require(new Jars(true, "com.acme.XRay")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("software/amazon/awssdk/global/handlers/execution.interceptors")
        .hasMessageContaining(NET)
        .hasMessageContaining("AppendingTransformer");
    assertThatThrownBy(() -> NetFile.require(new Jars(true)))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void is_of_no_matter_without_the_SDK() {
    assertThatCode(() -> NetFile.require(new Jars(false))).doesNotThrowAnyException();
  }
}
