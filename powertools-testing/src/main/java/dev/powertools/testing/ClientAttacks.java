// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

/**
 * Attacks on a handler's clients of AWS. Those on a service are there if its part of the SDK is on
 * the class path, since they are made of its requests.
 */
final class ClientAttacks {

  private ClientAttacks() {}

  static void addTo(ClientList list) {
    if (Features.isPresent("software.amazon.awssdk.services.dynamodb.DynamoDbClient")) {
      DynamoDbAttacks.addTo(list);
      DynamoDbEscapes.addTo(list);
    }
    if (Features.isPresent("software.amazon.awssdk.services.s3.S3Client")) {
      S3Attacks.addTo(list);
      S3Escapes.addTo(list);
    }
    SdkAttacks.addTo(list);
    if (Features.isPresent("software.amazon.awssdk.services.sts.StsClient")) {
      CredentialAttacks.addTo(list);
    }
  }
}
