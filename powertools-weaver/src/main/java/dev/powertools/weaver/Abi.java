// SPDX-License-Identifier: Apache-2.0
package dev.powertools.weaver;

import dev.powertools.core.woven.Body;
import dev.powertools.core.woven.Site;
import dev.powertools.core.woven.Woven;
import dev.powertools.core.woven.WovenGenerated;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** The names of core's binary contract as class files spell them. */
final class Abi {

  static final String SITE = Type.getInternalName(Site.class);
  static final String SITE_DESCRIPTOR = Type.getDescriptor(Site.class);
  static final String SITE_FACTORY =
      "(Ljava/lang/Class;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
          + Type.getDescriptor(Body.class)
          + ")"
          + SITE_DESCRIPTOR;
  static final String WOVEN = Type.getInternalName(Woven.class);
  static final String WOVEN_DESCRIPTOR = Type.getDescriptor(Woven.class);
  static final String WOVEN_GENERATED = Type.getDescriptor(WovenGenerated.class);

  /** What {@link Body#call} and {@link Site#invoke} look like: target, arguments, result. */
  static final String CALL = "(Ljava/lang/Object;[Ljava/lang/Object;)Ljava/lang/Object;";

  static final String BODY_FACTORY = "()" + Type.getDescriptor(Body.class);

  static final Handle LAMBDA_METAFACTORY =
      new Handle(
          Opcodes.H_INVOKESTATIC,
          "java/lang/invoke/LambdaMetafactory",
          "metafactory",
          "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
              + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
              + "Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
          false);

  private Abi() {}
}
