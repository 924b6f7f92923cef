// SPDX-License-Identifier: Apache-2.0
package com.acme

class Orders @JvmOverloads constructor(private val shop: String = "s") {

  @get:Audited
  val name: String
    get() = shop

  @Audited
  @JvmOverloads
  fun charge(order: String, copies: Int = 2): String = receipt(order).repeat(copies) + name

  @Audited
  private fun receipt(order: String) = "$order!"

  companion object {
    @JvmStatic
    @Audited
    fun total(amount: Long): Long = amount + 1
  }
}

object Registry {
  @Audited
  fun find(id: Int?): String = "found $id"
}

@Audited
fun topLevel(amount: Double): Double = amount * 2

interface Shop {
  @Audited
  fun open(hour: Int): String = "open at $hour"
}

class CornerShop : Shop
