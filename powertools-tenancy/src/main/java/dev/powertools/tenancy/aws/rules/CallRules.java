// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Decides on calls of AWS for a tenant. Whatever it throws denies the call. Thread-safe.
 *
 * <p>The guard asks in this order: {@link #complete} while other interceptors may still change the
 * request, {@link #check} when none can, {@link #checkWire} on what is about to be sent, {@link
 * #checkResponse} on what came back.
 */
public interface CallRules {

  /** The request with what the tenant has to have in it: an envelope, a message group. */
  SdkRequest complete(TenantCall call);

  /**
   * Checks the final request.
   *
   * @throws dev.powertools.tenancy.aws.TenantCallDeniedException if it is not this tenant's to make
   */
  void check(TenantCall call);

  /**
   * Checks that what is to be sent says the same as the request that was checked: operation, bucket
   * and key, source of a copy, query. The body is compared by the guard.
   *
   * @throws dev.powertools.tenancy.aws.TenantCallDeniedException if it does not
   */
  void checkWire(TenantCall call, SdkHttpRequest wire);

  /**
   * Checks that what came back is the tenant's own.
   *
   * @throws dev.powertools.tenancy.aws.TenantCallDeniedException if it is not
   */
  void checkResponse(TenantCall call, SdkResponse response);
}
