// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.core.internal.LibraryCall;
import java.net.URI;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpService;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.AttributeMap;

/** The network that Lambda's variables describe; nothing is searched for that they say. */
final class EnvironmentNetwork implements TenantNetwork {

  private static final ConfigKey<String> REGION =
      ConfigKey.text("AWS_REGION", "The region of the tenants' resources, which Lambda sets.");
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Config config;
  private @Nullable SdkHttpClient httpClient;
  private @Nullable SdkAsyncHttpClient asyncHttpClient;
  private @Nullable AwsCredentialsProvider credentials;

  EnvironmentNetwork(Config config) {
    this.config = config;
  }

  @Override
  public synchronized SdkHttpClient httpClient() {
    SdkHttpClient present = httpClient;
    if (present == null) {
      present = plain();
      httpClient = present;
    }
    return present;
  }

  private static SdkHttpClient plain() {
    try {
      return UrlConnectionHttpClient.builder()
          .connectionTimeout(CONNECT)
          .socketTimeout(ANSWER)
          .build();
    } catch (NoClassDefFoundError e) {
      throw new ConfigurationException(
          "Tenants' clients have no HTTP client. Add software.amazon.awssdk:url-connection-client,"
              + " or give one by TenantClients.builder(..).httpClient(..).",
          e);
    }
  }

  @Override
  public synchronized SdkAsyncHttpClient asyncHttpClient() {
    SdkAsyncHttpClient present = asyncHttpClient;
    if (present == null) {
      present = service();
      asyncHttpClient = present;
    }
    return present;
  }

  /** As the SDK finds one, but here it can be sealed. */
  private static SdkAsyncHttpClient service() {
    Iterator<SdkAsyncHttpService> services =
        ServiceLoader.load(SdkAsyncHttpService.class, SdkAsyncHttpService.class.getClassLoader())
            .iterator();
    if (!services.hasNext()) {
      throw new ConfigurationException(
          "Tenants' asynchronous clients have no HTTP client. Add"
              + " software.amazon.awssdk:netty-nio-client, or give one by"
              + " TenantClients.builder(..).httpClient(..).");
    }
    return services.next().createAsyncHttpClientFactory().buildWithDefaults(AttributeMap.empty());
  }

  @Override
  public Region region() {
    return Region.of(config.get(REGION));
  }

  @Override
  public Optional<URI> endpoint(String service) {
    return config
        .variable("AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT))
        .or(() -> config.variable("AWS_ENDPOINT_URL"))
        .map(URI::create);
  }

  @Override
  public synchronized AwsCredentialsProvider credentials() {
    AwsCredentialsProvider present = credentials;
    if (present == null) {
      present = find();
      credentials = present;
    }
    return present;
  }

  /**
   * Lambda's variables hold for the life of the environment; SnapStart has a provider instead,
   * which may itself call AWS.
   */
  private AwsCredentialsProvider find() {
    Optional<String> id = config.variable("AWS_ACCESS_KEY_ID");
    Optional<String> secret = config.variable("AWS_SECRET_ACCESS_KEY");
    if (id.isEmpty() || secret.isEmpty()) {
      return marked(DefaultCredentialsProvider.builder().build());
    }
    return StaticCredentialsProvider.create(
        config
            .variable("AWS_SESSION_TOKEN")
            .<AwsCredentials>map(
                token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
            .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get())));
  }

  static AwsCredentialsProvider marked(AwsCredentialsProvider provider) {
    return () -> LibraryCall.run(provider::resolveCredentials);
  }
}
