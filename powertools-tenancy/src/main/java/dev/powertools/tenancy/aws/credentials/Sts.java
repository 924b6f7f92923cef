// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.credentials;

import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.internal.LibraryCall;
import dev.powertools.core.internal.WarnedOf;
import dev.powertools.tenancy.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * Asks STS, by the client that the runtime has, else by one of its own. The only class that knows
 * the SDK's STS; loaded when the first credentials are needed. Thread-safe.
 */
final class Sts {

  private static final int MUCH_PERCENT = 80;
  private static final String DENIED = "AccessDenied";

  private final FunctionRuntime runtime;
  private final WarnedOf warned = new WarnedOf();
  private final @Nullable Object hook;
  private @Nullable StsClient own;

  private Sts(FunctionRuntime runtime) {
    this.runtime = runtime;
    this.hook = Snapshots.forget(this::forgetClient, runtime);
  }

  static Sts of(FunctionRuntime runtime) {
    return runtime.part(Sts.class, Sts::new);
  }

  /**
   * Assumes a role for a tenant.
   *
   * @throws TenantCredentialsUnavailableException if it fails, or the answer is not to be trusted
   */
  Minted assume(AssumedRole role, TenantId tenant) {
    try {
      AssumeRoleRequest request = request(role, tenant);
      AssumeRoleResponse answer = LibraryCall.run(() -> client().assumeRole(request));
      Minted minted = minted(answer, role, tenant);
      tell(role, answer.packedPolicySize());
      return minted;
    } catch (TenantCredentialsUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unavailable(role, e.getClass().getSimpleName() + ". " + advice(e), e);
    }
  }

  private static AssumeRoleRequest request(AssumedRole role, TenantId tenant) {
    List<Tag> tags =
        role.tags(tenant).entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    return AssumeRoleRequest.builder()
        .roleArn(role.role())
        .roleSessionName(AssumedRole.sessionName(tenant))
        .durationSeconds((int) role.duration().toSeconds())
        .tags(tags)
        .transitiveTagKeys(role.tag())
        .policy(role.policy().isEmpty() ? null : role.policy())
        .build();
  }

  /** Believes an answer only if it is the one to the question, whole, and good for something. */
  private Minted minted(AssumeRoleResponse answer, AssumedRole role, TenantId tenant) {
    Credentials issued = answer.credentials();
    if (issued == null
        || issued.accessKeyId() == null
        || issued.secretAccessKey() == null
        || issued.sessionToken() == null
        || issued.expiration() == null) {
      throw unavailable(role, "an answer without credentials.", null);
    }
    String session = answer.assumedRoleUser() == null ? null : answer.assumedRoleUser().arn();
    if (session == null || !session.endsWith("/" + AssumedRole.sessionName(tenant))) {
      throw unavailable(role, "an answer that is for another session.", null);
    }
    AwsSessionCredentials credentials =
        AwsSessionCredentials.builder()
            .accessKeyId(issued.accessKeyId())
            .secretAccessKey(issued.secretAccessKey())
            .sessionToken(issued.sessionToken())
            .expirationTime(issued.expiration())
            .build();
    Minted minted = new Minted(credentials, issued.expiration());
    if (!minted.isValidAt(runtime.timing().now())) {
      throw unavailable(role, "credentials that expired at " + issued.expiration() + ".", null);
    }
    return minted;
  }

  private static TenantCredentialsUnavailableException unavailable(
      AssumedRole role, String problem, @Nullable Throwable cause) {
    return new TenantCredentialsUnavailableException(
        "A tenant's credentials of the role "
            + role.role()
            + " could not be had from STS: "
            + problem
            + " Nothing was sent, and the function's own role was not used.",
        cause);
  }

  private static String advice(RuntimeException failure) {
    return failure instanceof StsException said
            && said.awsErrorDetails() != null
            && DENIED.equals(said.awsErrorDetails().errorCode())
        ? "Allow the function's role sts:AssumeRole and sts:TagSession on it, here and in its trust"
            + " policy."
        : "See the cause; the next call tries again.";
  }

  private void tell(AssumedRole role, @Nullable Integer percent) {
    int packed = percent == null ? 0 : percent;
    FunctionInvocation.current()
        .ifPresent(work -> work.emit(new TenantCredentialsIssued(role.role(), packed)));
    if (packed > MUCH_PERCENT && warned.first(role.role())) {
      LoggerFactory.getLogger("dev.powertools.tenancy")
          .warn(
              "Policies and tags of sessions of the role {} take {} % of the room that STS has for"
                  + " them; above 100 % it refuses. Shorten the session policy or the tags.",
              role.role(), packed);
    }
  }

  private StsClient client() {
    return runtime.part(StsClient.class).orElseGet(this::ownClient);
  }

  private synchronized StsClient ownClient() {
    StsClient present = own;
    if (present == null) {
      present = StsClients.in(runtime);
      own = present;
    }
    return present;
  }

  private synchronized void forgetClient() {
    StsClient present = own;
    own = null;
    if (present != null) {
      present.close();
    }
  }

  @Override
  public String toString() {
    return "STS" + (hook == null ? "" : ", asked anew after a snapshot");
  }
}
