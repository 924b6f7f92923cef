// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.json;

import java.lang.reflect.Type;

/** Light where it can, databind where it must; loads databind only then. */
final class StandardCodec implements PayloadCodec {
  static final StandardCodec INSTANCE = new StandardCodec();

  private StandardCodec() {}

  @Override
  public TypedCodec<?> forType(Type type) {
    LightPlanner planner = new LightPlanner(this);
    Plan plan = planner.plan(type);
    return plan != null ? new LightCodec<>(type, plan) : databind(type, planner.obstacle());
  }

  private static TypedCodec<?> databind(Type type, String obstacle) {
    try {
      return DatabindCodecs.forType(type);
    } catch (NoClassDefFoundError e) {
      throw new UnsupportedPayloadTypeException(
          type.getTypeName()
              + " needs Jackson databind, because of "
              + obstacle
              + "; add the dependencies com.fasterxml.jackson.core:jackson-databind,"
              + " com.fasterxml.jackson.datatype:jackson-datatype-jdk8 and"
              + " com.fasterxml.jackson.datatype:jackson-datatype-jsr310, or use a record of simple"
              + " types",
          e);
    }
  }
}
