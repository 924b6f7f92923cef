// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What is sent to services that speak JSON: the operation is a header. Stateless. */
final class JsonWire {

  private JsonWire() {}

  /**
   * Requires that the operation is the one that was checked.
   *
   * @param prefix what stands before the operation, such as {@code DynamoDB_20120810.}
   */
  static void check(Asked asked, SdkHttpRequest wire, String prefix) {
    List<String> targets = headers(wire, "X-Amz-Target");
    boolean own =
        wire.method() == SdkHttpMethod.POST
            && (wire.encodedPath().isEmpty() || wire.encodedPath().equals("/"))
            && wire.rawQueryParameters().isEmpty()
            && targets.equals(List.of(prefix + asked.call().operation()));
    if (!own) {
      throw changed(asked);
    }
  }

  /** All values of a header, whatever the case of its name. */
  static List<String> headers(SdkHttpRequest wire, String name) {
    List<String> found = new ArrayList<>();
    wire.forEachHeader(
        (each, values) -> {
          if (each.equalsIgnoreCase(name)) {
            found.addAll(values);
          }
        });
    return found;
  }

  /** A denial: this is not what was checked. */
  static RuntimeException changed(Asked asked) {
    return asked.denied(
        "wire",
        "what is to be sent is not the request that was checked. An interceptor or plugin changed"
            + " it; remove it from the client",
        null);
  }
}
