// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.powertools.local.FunctionOptions;
import dev.powertools.local.InProcessFunction;
import dev.powertools.local.LocalFunction;
import java.io.OutputStream;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionCodeTest {
  private static final int VERSIONS = 4;
  private static final int PATIENCE = 25;

  @TempDir Path folder;

  private UserProject version(int number) {
    return new UserProject(folder)
        .source(
            "com.acme.Orders",
            """
            package com.acme;

            import com.amazonaws.services.lambda.runtime.Context;
            import com.amazonaws.services.lambda.runtime.RequestHandler;

            public class Orders implements RequestHandler<Order, Receipt> {
              private static final ThreadLocal<Receipt> LAST = new ThreadLocal<>();

              public Receipt handleRequest(Order order, Context context) {
                Receipt receipt = new Receipt();
                receipt.text = order.id + " in version %d";
                LAST.set(receipt);
                return receipt;
              }
            }
            """
                .formatted(number))
        .source("com.acme.Order", "package com.acme; public class Order { public String id; }")
        .source(
            "com.acme.Receipt", "package com.acme; public class Receipt { public String text; }")
        .build();
  }

  @Test
  void old_versions_leave_nothing_behind() throws Exception {
    UserProject project = version(0);
    FunctionCode code =
        new FunctionCode(
            "com.acme.Orders",
            List.of(project.output()),
            true,
            new Wire(OutputStream.nullOutputStream()));
    ReferenceQueue<ClassLoader> queue = new ReferenceQueue<>();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    try (InProcessFunction function =
        LocalFunction.inProcess(
            FunctionOptions.of("com.acme.Orders"),
            () -> {
              FunctionLoader loader = code.newLoader();
              loaders.add(new WeakReference<>(loader, queue));
              return code.environmentIn(loader);
            })) {
      for (int number = 0; number < VERSIONS; number++) {
        version(number);
        if (code.refresh()) {
          function.cold();
        }
        assertThat(function.invoke("{\"id\":\"o-1\"}".getBytes(StandardCharsets.UTF_8)).text())
            .contains("o-1 in version " + number);
      }
      assertThat(loaders).hasSize(VERSIONS);

      for (int gone = 0; gone < VERSIONS - 1; gone++) {
        Object collected = null;
        for (int tries = 0; collected == null && tries < PATIENCE; tries++) {
          System.gc();
          collected = queue.remove(200);
        }
        assertThat(collected).as("old class loader %d of %d", gone, VERSIONS - 1).isNotNull();
      }
    }
  }
}
