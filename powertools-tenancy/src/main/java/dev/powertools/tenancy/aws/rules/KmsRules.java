// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.tenancy.resource.ResourceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a tenant's clients may ask of KMS: to use declared keys, with the tenant in the encryption
 * context, by which KMS refuses to decrypt what was encrypted for another.
 */
final class KmsRules implements ServiceRules {

  private static final String REQUESTS =
      """
      Encrypt: kms_key=KeyId context=EncryptionContext | DryRun EncryptionAlgorithm Plaintext
      Decrypt: kms_key=KeyId context=EncryptionContext
        | CiphertextBlob DryRun EncryptionAlgorithm
      GenerateDataKey: kms_key=KeyId context=EncryptionContext | DryRun KeySpec NumberOfBytes
      GenerateDataKeyWithoutPlaintext: kms_key=KeyId context=EncryptionContext
        | DryRun KeySpec NumberOfBytes
      GenerateDataKeyPair: kms_key=KeyId context=EncryptionContext | DryRun KeyPairSpec
      GenerateDataKeyPairWithoutPlaintext: kms_key=KeyId context=EncryptionContext
        | DryRun KeyPairSpec
      ReEncrypt: kms_key=SourceKeyId context=SourceEncryptionContext
          kms_key=DestinationKeyId context=DestinationEncryptionContext
        | CiphertextBlob DestinationEncryptionAlgorithm DryRun SourceEncryptionAlgorithm
      """;

  private static final String TENANT = "tenant";

  private final Shapes requests = new Shapes(REQUESTS);
  private final List<ResourceName> keys;

  KmsRules(List<ResourceName> keys) {
    this.keys = keys;
  }

  @Override
  public SdkRequest complete(Asked asked) {
    Members request = asked.request(requests);
    Copy copy = Copy.of(request.pojo());
    for (SdkField<?> field : request.fields(Role.CONTEXT)) {
      Map<Object, Object> context = new HashMap<>();
      if (Shape.value(field, request.pojo()) instanceof Map<?, ?> present) {
        context.putAll(present);
      }
      context.putIfAbsent(TENANT, asked.tenant().value());
      copy.with(field, context);
    }
    return (SdkRequest) copy.build();
  }

  @Override
  public void check(Asked asked) {
    Members request = asked.request(requests);
    for (Object key : request.values(Role.KMS_KEY)) {
      requireDeclared((String) key, asked);
    }
    for (Object context : request.values(Role.CONTEXT)) {
      Object tenant = context instanceof Map<?, ?> map ? map.get(TENANT) : null;
      if (!asked.tenant().value().equals(tenant)) {
        throw asked.denied(
            "context",
            "the encryption context's tenant is not the one that the client is bound to. Leave it"
                + " out",
            tenant instanceof String text ? text : null);
      }
    }
  }

  private void requireDeclared(@Nullable String key, Asked asked) {
    for (ResourceName each : keys) {
      if (key != null && each.isOf(key, asked.tenant())) {
        return;
      }
    }
    throw asked.denied(
        "key",
        "the key is not declared, or not named. Name it in each call as @TenantKey declares it",
        key);
  }

  @Override
  public void checkWire(Asked asked, SdkHttpRequest wire) {
    JsonWire.check(asked, wire, "TrentService.");
  }
}
