// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.core.UnwovenClassError;
import dev.powertools.core.internal.DoorMethod;
import dev.powertools.core.woven.UnwovenScan;
import dev.powertools.core.woven.UnwovenScan.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether every annotated class in the project's output folders is woven: its class file, or, where
 * an IDE's own compile is woven at load, the class itself.
 *
 * @param findings what is not woven
 */
record WovenCheck(List<Finding> findings) {

  static WovenCheck of(ClassLoader loader) {
    List<Finding> findings = new ArrayList<>();
    for (OutputFolder folder : OutputFolder.on(loader)) {
      findings.addAll(UnwovenScan.scanDirectory(folder.path(), loader));
    }
    findings.removeIf(finding -> isWovenAtLoad(finding.className(), loader));
    return new WovenCheck(findings);
  }

  private static boolean isWovenAtLoad(String className, ClassLoader loader) {
    try {
      return DoorMethod.isWoven(Class.forName(className, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // what can't be loaded can't be woven either
    }
  }

  void verify() {
    if (!findings.isEmpty()) {
      throw new UnwovenClassError(UnwovenScan.report(findings));
    }
  }
}
