// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.HandlerName;
import dev.powertools.core.internal.Scope;
import dev.powertools.tenancy.aws.credentials.CredentialVendor;
import dev.powertools.tenancy.aws.credentials.Credentials;
import dev.powertools.tenancy.aws.rules.CallRules;
import dev.powertools.tenancy.aws.rules.DeclaredRules;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.presigner.model.DeleteObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.GetObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.HeadObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedDeleteObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedHeadObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedUploadPartRequest;
import software.amazon.awssdk.services.s3.presigner.model.PutObjectPresignRequest;
import software.amazon.awssdk.services.s3.presigner.model.UploadPartPresignRequest;

/**
 * Presigns URLs of S3 for the tenant in force, by the rules that its calls are under and with its
 * own credentials. Make it once, in a field.
 *
 * <pre>{@code
 * private final TenantPresigner urls = TenantPresigner.of(NotesIsolation.class);
 *
 * urls.presignGetObject(r -> r.signatureDuration(ofMinutes(5))
 *     .getObjectRequest(o -> o.bucket("shared").key("tenants/" + tenant + "/notes.pdf"))).url();
 * }</pre>
 *
 * <p>Whoever has a URL is served, whatever becomes of the tenant, so it is valid for 15 minutes at
 * most, or what {@link Builder#max} says; and no longer than the credentials that it is signed
 * with, which is mostly five minutes at least. Thread-safe.
 */
public final class TenantPresigner implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofDays(7); // S3's own limit

  private final Builder settings;
  private volatile @Nullable Bound bound;

  private TenantPresigner(Builder settings) {
    this.settings = settings;
    FunctionRuntime runtime = FunctionRuntime.current();
    if (Scope.current() != null || HandlerName.inFunction(runtime.config())) {
      presigning(); // so that what is wrong fails while the function starts
    }
  }

  /** What depends on the runtime: one for all calls, save in tests. */
  private record Bound(FunctionRuntime runtime, Presigning presigning) {}

  /**
   * A presigner with all defaults.
   *
   * @param isolation the type whose annotations say what is the tenants'
   * @throws ConfigurationException while a function starts, if an annotation is wrong or tenants
   *     have no credentials of their own
   */
  public static TenantPresigner of(Class<?> isolation) {
    return builder(isolation).build();
  }

  /** A builder with the defaults: 15 minutes, and the credentials that are declared. */
  public static Builder builder(Class<?> isolation) {
    return new Builder(isolation);
  }

  /**
   * A URL that gets an object.
   *
   * @throws TenantCallDeniedException if it is not the tenant's to ask for
   * @throws dev.powertools.tenancy.NoTenantException if no tenant is in force on this thread
   */
  public PresignedGetObjectRequest presignGetObject(
      Consumer<GetObjectPresignRequest.Builder> request) {
    GetObjectPresignRequest asked =
        GetObjectPresignRequest.builder().applyMutation(request).build();
    return presigning()
        .presign(
            "GetObject",
            asked.getObjectRequest(),
            asked.signatureDuration(),
            (s3, o) ->
                s3.presignGetObject(
                    asked.toBuilder().getObjectRequest((GetObjectRequest) o).build()));
  }

  /** A URL that asks whether an object is there; as {@link #presignGetObject}. */
  public PresignedHeadObjectRequest presignHeadObject(
      Consumer<HeadObjectPresignRequest.Builder> request) {
    HeadObjectPresignRequest asked =
        HeadObjectPresignRequest.builder().applyMutation(request).build();
    return presigning()
        .presign(
            "HeadObject",
            asked.headObjectRequest(),
            asked.signatureDuration(),
            (s3, o) ->
                s3.presignHeadObject(
                    asked.toBuilder().headObjectRequest((HeadObjectRequest) o).build()));
  }

  /** A URL that puts an object; as {@link #presignGetObject}. */
  public PresignedPutObjectRequest presignPutObject(
      Consumer<PutObjectPresignRequest.Builder> request) {
    PutObjectPresignRequest asked =
        PutObjectPresignRequest.builder().applyMutation(request).build();
    return presigning()
        .presign(
            "PutObject",
            asked.putObjectRequest(),
            asked.signatureDuration(),
            (s3, o) ->
                s3.presignPutObject(
                    asked.toBuilder().putObjectRequest((PutObjectRequest) o).build()));
  }

  /** A URL that puts a part of an object; as {@link #presignGetObject}. */
  public PresignedUploadPartRequest presignUploadPart(
      Consumer<UploadPartPresignRequest.Builder> request) {
    UploadPartPresignRequest asked =
        UploadPartPresignRequest.builder().applyMutation(request).build();
    return presigning()
        .presign(
            "UploadPart",
            asked.uploadPartRequest(),
            asked.signatureDuration(),
            (s3, o) ->
                s3.presignUploadPart(
                    asked.toBuilder().uploadPartRequest((UploadPartRequest) o).build()));
  }

  /** A URL that deletes an object; as {@link #presignGetObject}. */
  public PresignedDeleteObjectRequest presignDeleteObject(
      Consumer<DeleteObjectPresignRequest.Builder> request) {
    DeleteObjectPresignRequest asked =
        DeleteObjectPresignRequest.builder().applyMutation(request).build();
    return presigning()
        .presign(
            "DeleteObject",
            asked.deleteObjectRequest(),
            asked.signatureDuration(),
            (s3, o) ->
                s3.presignDeleteObject(
                    asked.toBuilder().deleteObjectRequest((DeleteObjectRequest) o).build()));
  }

  private Presigning presigning() {
    FunctionRuntime runtime = FunctionRuntime.current();
    Bound present = bound;
    return present != null && present.runtime == runtime ? present.presigning : bind(runtime);
  }

  private synchronized Presigning bind(FunctionRuntime runtime) {
    Bound present = bound;
    if (present == null || present.runtime != runtime) {
      TenantNetwork network = TenantNetwork.of(runtime);
      present =
          new Bound(
              runtime,
              new Presigning(
                  new Guard(
                      settings.rules.apply(settings.isolation, runtime),
                      GuardMode.of(runtime.config())),
                  settings.vendor(runtime, network),
                  network,
                  settings.max));
      bound = present;
    }
    return present.presigning;
  }

  /** Closes what it presigns by, and no credentials that were given. */
  @Override
  public void close() {
    Bound present = bound;
    if (present != null) {
      present.presigning.close();
    }
  }

  /** Collects what URLs are presigned with. Confined to one thread. */
  public static final class Builder {

    private final Class<?> isolation;
    private Duration max = Duration.ofMinutes(15);
    private @Nullable CredentialVendor credentials;
    private boolean functionCredentials;
    private BiFunction<Class<?>, FunctionRuntime, CallRules> rules = DeclaredRules::of;

    private Builder(Class<?> isolation) {
      this.isolation = Objects.requireNonNull(isolation);
    }

    /**
     * Who gives each tenant its credentials; by default the role that is declared. A vendor among
     * the runtime's parts goes before both.
     */
    public Builder credentials(CredentialVendor value) {
      this.credentials = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Signs with the function's own credentials where tenants have none. Then only the rules keep a
     * URL to what is the tenant's: IAM lets it reach what the function reaches.
     */
    public Builder allowFunctionCredentials() {
      this.functionCredentials = true;
      return this;
    }

    /**
     * How long a URL may be valid at most.
     *
     * @throws IllegalArgumentException if it is not positive, or longer than the 7 days of S3
     */
    public Builder max(Duration value) {
      if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "A URL can be valid for up to 7 days, and not for " + value);
      }
      this.max = value;
      return this;
    }

    /** Where the rules come from; of the isolation's annotations by default. */
    Builder rules(BiFunction<Class<?>, FunctionRuntime, CallRules> value) {
      this.rules = value;
      return this;
    }

    private CredentialVendor vendor(FunctionRuntime runtime, TenantNetwork network) {
      CredentialVendor given = credentials;
      if (given != null && !runtime.givenParts().contains(CredentialVendor.class)) {
        return given; // one that the runtime was given holds for all, since it may be a test's
      }
      return Credentials.of(isolation, runtime).orElseGet(() -> ofFunction(network));
    }

    private CredentialVendor ofFunction(TenantNetwork network) {
      if (!functionCredentials) {
        throw new ConfigurationException(
            "URLs of "
                + isolation.getName()
                + " would be signed with the function's own credentials, which reach all tenants:"
                + " it has no @TenantRole. Declare one, give TenantPresigner.builder(..)"
                + " credentials(..), or say allowFunctionCredentials().");
      }
      return tenant -> network.credentials();
    }

    /**
     * Makes it.
     *
     * @throws ConfigurationException while a function starts, if an annotation is wrong or tenants
     *     have no credentials of their own
     */
    public TenantPresigner build() {
      return new TenantPresigner(this);
    }
  }
}
