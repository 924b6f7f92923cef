// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import dev.powertools.core.json.PayloadCodec;
import dev.powertools.testing.contract.PayloadCodecContract;

// region codec
class StandardPayloadCodecTest extends PayloadCodecContract {

  @Override
  protected PayloadCodec codec() {
    return PayloadCodec.standard();
  }
}
// endregion
