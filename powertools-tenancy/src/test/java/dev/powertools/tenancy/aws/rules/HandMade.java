// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** A request, or a part of one, as the module of a service would have it. */
final class HandMade extends SdkRequest implements SdkPojo {

  private final Kind kind;
  private final Map<String, Object> values;

  private HandMade(Kind kind, Map<String, Object> values) {
    this.kind = kind;
    this.values = Map.copyOf(values);
  }

  /** A class of such. */
  static final class Kind {

    private final List<SdkField<?>> fields = new ArrayList<>();

    static Kind of(String... members) {
      Kind kind = new Kind();
      for (String member : members) {
        kind.fields.add(field(member, MarshallingType.STRING, null));
      }
      return kind;
    }

    /** With a map to parts. */
    Kind map(String member, Kind parts) {
      SdkField<SdkPojo> part =
          SdkField.<SdkPojo>builder(MarshallingType.SDK_POJO)
              .constructor(parts::builder)
              .traits(LocationTrait.builder().locationName("value").build())
              .build();
      fields.add(
          field(member, MarshallingType.MAP, MapTrait.builder().valueFieldInfo(part).build()));
      return this;
    }

    Builder builder() {
      return new Builder(this, new HashMap<>());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static SdkField<?> field(String member, MarshallingType type, MapTrait map) {
      SdkField.Builder<Object> field =
          SdkField.builder(type)
              .memberName(member)
              .getter(pojo -> values(pojo).get(member))
              .setter((pojo, value) -> values(pojo).put(member, value));
      LocationTrait location =
          LocationTrait.builder().location(MarshallLocation.PAYLOAD).locationName(member).build();
      return (map == null ? field.traits(location) : field.traits(location, map)).build();
    }

    private static Map<String, Object> values(Object pojo) {
      return pojo instanceof HandMade made ? made.values : ((Builder) pojo).values;
    }
  }

  /** Makes one. */
  static final class Builder implements SdkRequest.Builder, SdkPojo, Buildable {

    private final Kind kind;
    private final Map<String, Object> values;

    private Builder(Kind kind, Map<String, Object> values) {
      this.kind = kind;
      this.values = values;
    }

    Builder with(String member, Object value) {
      values.put(member, value);
      return this;
    }

    @Override
    @SuppressWarnings("NullAway") // there is none
    public RequestOverrideConfiguration overrideConfiguration() {
      return null;
    }

    @Override
    public List<SdkField<?>> sdkFields() {
      return kind.fields;
    }

    @Override
    public boolean equalsBySdkFields(Object other) {
      return false;
    }

    @Override
    public HandMade build() {
      return new HandMade(kind, values);
    }
  }

  /** The value of a member. */
  Object get(String member) {
    return values.get(member);
  }

  @Override
  public Builder toBuilder() {
    return new Builder(kind, new HashMap<>(values));
  }

  @Override
  public Optional<AwsRequestOverrideConfiguration> overrideConfiguration() {
    return Optional.empty();
  }

  @Override
  public List<SdkField<?>> sdkFields() {
    return kind.fields;
  }

  @Override
  public boolean equalsBySdkFields(Object other) {
    return false;
  }
}
