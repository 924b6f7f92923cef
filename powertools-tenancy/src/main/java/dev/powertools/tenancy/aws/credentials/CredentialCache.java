// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.tenancy.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * The credentials of a runtime, of all roles and tenants. It is bounded: the key that was not asked
 * for the longest makes room. Thread-safe; nothing is locked here while STS is asked.
 */
final class CredentialCache {

  private static final int MAX_KEYS = 1_024;

  private final FunctionRuntime runtime;
  private final Map<CredentialKey, CachedCredentials> entries =
      new LinkedHashMap<>(16, 0.75f, true);
  private final @Nullable Object hook;

  private CredentialCache(FunctionRuntime runtime) {
    this.runtime = runtime;
    this.hook = Snapshots.forget(this::clear, runtime);
  }

  static CredentialCache of(FunctionRuntime runtime) {
    return runtime.part(CredentialCache.class, CredentialCache::new);
  }

  AwsSessionCredentials get(CredentialKey key, Supplier<Minted> mint) {
    return entry(key).get(mint, runtime.timing());
  }

  private synchronized CachedCredentials entry(CredentialKey key) {
    CachedCredentials entry = entries.computeIfAbsent(key, k -> new CachedCredentials());
    if (entries.size() > MAX_KEYS) {
      entries.remove(entries.keySet().iterator().next());
    }
    return entry;
  }

  synchronized void purge(TenantId tenant) {
    entries.keySet().removeIf(key -> key.tenant().equals(tenant));
  }

  synchronized void clear() {
    entries.clear();
  }

  /** Of how many keys something is kept, and nothing of what. */
  @Override
  public synchronized String toString() {
    return "credentials of "
        + entries.size()
        + " keys"
        + (hook == null ? "" : ", none snapshotted");
  }
}
