// SPDX-License-Identifier: Apache-2.0
package com.acme

class Orders {

  @Audited
  val shop: String = "s"

  @Audited
  suspend fun charge(order: String): String = order
}
