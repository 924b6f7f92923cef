// SPDX-License-Identifier: Apache-2.0
package com.acme;

import java.io.IOException;
import lombok.Builder;
import lombok.Getter;
import lombok.NonNull;
import lombok.SneakyThrows;
import lombok.Synchronized;

@Builder
public class Orders {

  @Getter(onMethod_ = @Audited)
  private final String shop;

  @Audited
  @SneakyThrows
  @Synchronized
  public String charge(@NonNull String order) {
    if (order.isEmpty()) {
      throw new IOException("empty");
    }
    return order + getShop();
  }
}
