// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.HandlerName;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.TenantContext;
import dev.powertools.tenancy.TenantId;
import dev.powertools.tenancy.TenantWork;
import dev.powertools.tenancy.Tenants;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import dev.powertools.tenancy.aws.rules.CallRules;
import dev.powertools.tenancy.aws.rules.DeclaredRules;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * Clients of one AWS service, one for each tenant, that reach what is the tenant's and nothing
 * else. Make it once, in a field, so that what is wrong fails while the function starts; ask it
 * where a client is used.
 *
 * <pre>{@code
 * private final TenantClients<DynamoDbClient> tables =
 *     TenantClients.of(OrdersIsolation.class, DynamoDbClient::builder);
 *
 * tables.current().getItem(r -> r.tableName("orders").key(key));
 * }</pre>
 *
 * <p>A client stays bound to its tenant on each thread, page, part and batch, as long as work of
 * the tenant goes on in which {@link #current()} was asked; used in another tenant's work, or
 * later, it is denied. What no rule allows is denied with a {@link TenantCallDeniedException}
 * before anything is sent. The clients share one HTTP client, which sends only what was let
 * through.
 *
 * <p>Region, endpoint, HTTP client and credentials are those of the {@link TenantNetwork}: by
 * default, of the environment. A region and an endpoint that the builder is given hold, too; an
 * HTTP client or credentials are given here instead. Thread-safe.
 *
 * @param <C> the type of the clients
 */
public final class TenantClients<C extends SdkClient> implements AutoCloseable {

  private final ClientOptions<?, C> options;
  private final Map<FunctionRuntime, ClientPool<C>> pools =
      Collections.synchronizedMap(new WeakHashMap<>());
  private volatile boolean closed;

  private TenantClients(Builder<?, C> builder) {
    this.options = builder.options();
    FunctionRuntime runtime = FunctionRuntime.current();
    if (Scope.current() != null || HandlerName.inFunction(runtime.config())) {
      pool(runtime); // so that what is wrong fails while the function starts
    }
  }

  /**
   * Clients with all defaults.
   *
   * @param isolation the type whose annotations say what is the tenants'
   * @param builder makes a builder, anew each time: {@code DynamoDbClient::builder}
   * @throws dev.powertools.core.ConfigurationException while a function starts, if an annotation is
   *     wrong or the guard is not complete
   */
  public static <B extends AwsClientBuilder<B, C>, C extends SdkClient> TenantClients<C> of(
      Class<?> isolation, Supplier<B> builder) {
    return builder(isolation, builder).build();
  }

  /** A builder with the defaults: at most 256 tenants' clients, and the mode of the environment. */
  public static <B extends AwsClientBuilder<B, C>, C extends SdkClient> Builder<B, C> builder(
      Class<?> isolation, Supplier<B> builder) {
    return new Builder<>(isolation, builder);
  }

  /**
   * The client of the tenant whose work this is. It costs a look-up, or a millisecond the first
   * time, so ask for it where it is used and keep it no longer.
   *
   * @throws dev.powertools.tenancy.NoTenantException if no tenant is in force on this thread
   * @throws IllegalStateException if this is closed
   */
  public C current() {
    TenantContext scope = Tenants.current();
    if (closed) {
      throw new IllegalStateException(
          "These TenantClients are closed. Close them when the function needs them no more.");
    }
    return pool(FunctionRuntime.current()).client(scope);
  }

  private ClientPool<C> pool(FunctionRuntime runtime) {
    ClientPool<C> present = pools.get(runtime);
    return present == null ? makePool(runtime) : present;
  }

  private synchronized ClientPool<C> makePool(FunctionRuntime runtime) {
    ClientPool<C> present = pools.get(runtime);
    if (present == null) {
      TenantWork.requireNet();
      present = options.pool(runtime);
      pools.put(runtime, present);
      runtime
          .part(TenantClientsListener.class)
          .ifPresent(listener -> listener.made(options.isolation(), this));
    }
    return present;
  }

  /** Forgets a tenant's client, which is closed when no work uses it any more, and credentials. */
  public void purge(TenantId tenant) {
    for (ClientPool<C> pool : all()) {
      pool.purge(tenant);
    }
  }

  /** Closes the clients, and neither the HTTP client nor the credentials that were given. */
  @Override
  public void close() {
    closed = true;
    for (ClientPool<C> pool : all()) {
      pool.close();
    }
  }

  private List<ClientPool<C>> all() {
    synchronized (pools) {
      return List.copyOf(pools.values());
    }
  }

  /** How many attempts are about to be sent; how many clients are open. */
  int approvals() {
    return all().stream().mapToInt(ClientPool::approvals).sum();
  }

  int open() {
    return all().stream().mapToInt(ClientPool::size).sum();
  }

  /**
   * Collects what clients are made with. Confined to one thread.
   *
   * @param <B> the type of the clients' own builder
   * @param <C> the type of the clients
   */
  public static final class Builder<B extends AwsClientBuilder<B, C>, C extends SdkClient> {

    private static final int MAX = 256;

    private final Class<?> isolation;
    private final Supplier<B> builder;
    private int max = MAX;
    private @Nullable SdkHttpClient httpClient;
    private @Nullable SdkAsyncHttpClient asyncHttpClient;
    private @Nullable CredentialVendor credentials;
    private @Nullable GuardMode mode;
    private BiFunction<Class<?>, FunctionRuntime, CallRules> rules = DeclaredRules::of;

    private Builder(Class<?> isolation, Supplier<B> builder) {
      this.isolation = Objects.requireNonNull(isolation);
      this.builder = Objects.requireNonNull(builder);
    }

    /** What synchronous clients send by; you close it. The network's by default. */
    public Builder<B, C> httpClient(SdkHttpClient value) {
      this.httpClient = Objects.requireNonNull(value);
      return this;
    }

    /** What asynchronous clients send by; you close it. The network's by default. */
    public Builder<B, C> httpClient(SdkAsyncHttpClient value) {
      this.asyncHttpClient = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Gives each tenant credentials of its own; by default that of the isolation's {@link
     * dev.powertools.tenancy.resource.TenantRole}. Without either all have the function's, which is
     * warned of: then nothing but the guard keeps tenants apart.
     */
    public Builder<B, C> credentials(CredentialVendor value) {
      this.credentials = Objects.requireNonNull(value);
      return this;
    }

    /**
     * How many tenants' clients are kept; those that were asked for last.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder<B, C> max(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("At least 1 client has to be kept, not " + value);
      }
      this.max = value;
      return this;
    }

    /** What becomes of calls that break a rule; by default what the environment says. */
    public Builder<B, C> mode(GuardMode value) {
      this.mode = Objects.requireNonNull(value);
      return this;
    }

    /** Where the rules come from; of the isolation's annotations by default. */
    Builder<B, C> rules(BiFunction<Class<?>, FunctionRuntime, CallRules> value) {
      this.rules = value;
      return this;
    }

    private ClientOptions<B, C> options() {
      return new ClientOptions<>(
          isolation, builder, rules, httpClient, asyncHttpClient, credentials, mode, max);
    }

    /**
     * Makes them.
     *
     * @throws dev.powertools.core.ConfigurationException while a function starts, if an annotation
     *     is wrong or the guard is not complete
     */
    public TenantClients<C> build() {
      return new TenantClients<>(this);
    }
  }
}
