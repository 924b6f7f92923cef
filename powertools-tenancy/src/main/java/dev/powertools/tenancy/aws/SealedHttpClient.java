// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import java.io.ByteArrayInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Sends what the guard has approved of, and nothing else. A body that was checked is sent as it was
 * then. Thread-safe; to close it does nothing, since it is not ours what it sends by.
 */
final class SealedHttpClient implements SdkHttpClient {

  private final SdkHttpClient network;
  private final Seal seal;

  SealedHttpClient(SdkHttpClient network, Seal seal) {
    this.network = network;
    this.seal = seal;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    byte[] body = seal.approved(request.httpRequest());
    if (body == null || request.contentStreamProvider().isEmpty()) {
      return network.prepareRequest(request);
    }
    HttpExecuteRequest.Builder checked =
        HttpExecuteRequest.builder()
            .request(request.httpRequest())
            .contentStreamProvider(() -> new ByteArrayInputStream(body));
    request.metricCollector().ifPresent(checked::metricCollector);
    return network.prepareRequest(checked.build());
  }

  @Override
  public String clientName() {
    return network.clientName();
  }

  @Override
  public void close() {
    // whoever opened the network closes it
  }
}
