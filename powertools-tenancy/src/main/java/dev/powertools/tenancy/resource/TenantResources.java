// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.resource;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All that a type declares for tenants, with its variables replaced, read and checked once.
 * Immutable.
 *
 * @param tables of {@link TenantTable}
 * @param buckets of {@link TenantBucket}
 * @param queues of {@link TenantQueue}
 * @param topics of {@link TenantTopic}
 * @param buses of {@link TenantBus}
 * @param functions of {@link TenantFunction}
 * @param keys of {@link TenantKey}
 * @param shared of {@link TenantShared}
 */
public record TenantResources(
    List<DeclaredTable> tables,
    List<DeclaredBucket> buckets,
    List<ResourceName> queues,
    List<ResourceName> topics,
    List<ResourceName> buses,
    List<DeclaredFunction> functions,
    List<ResourceName> keys,
    List<SharedResource> shared) {

  /**
   * What a type declares.
   *
   * @param isolation the type with the annotations; those of its supertypes do not count
   * @param runtime whose variables {@code ${NAME}} stand for
   * @throws ConfigurationException naming the type, the annotation, its attribute and what it
   *     should be, if something can't be right
   */
  public static TenantResources of(Class<?> isolation, FunctionRuntime runtime) {
    return new Reader(isolation, runtime.config()).read();
  }

  /** Reads the annotations of one type. Confined. */
  private record Reader(Class<?> type, Config config) {

    TenantResources read() {
      List<DeclaredTable> tables =
          all(TenantTable.class, each -> TableReader.read(each, at("TenantTable", each.name())));
      List<DeclaredBucket> buckets =
          all(TenantBucket.class, each -> BucketReader.read(each, at("TenantBucket", each.name())));
      List<SharedResource> shared =
          all(
              TenantShared.class,
              each -> SharedReader.read(each, at("TenantShared", each.resource())));
      Overlaps overlaps = new Overlaps(type);
      overlaps.refuseTables(tables, shared);
      overlaps.refuseBuckets(buckets, shared);
      return new TenantResources(
          tables,
          buckets,
          names(TenantQueue.class, TenantQueue::name, "sqs"),
          names(TenantTopic.class, TenantTopic::name, "sns"),
          names(TenantBus.class, TenantBus::name, "events"),
          functions(),
          names(TenantKey.class, TenantKey::name, "kms"),
          shared);
    }

    private List<DeclaredFunction> functions() {
      List<DeclaredFunction> functions =
          all(
              TenantFunction.class,
              each ->
                  new DeclaredFunction(
                      at("TenantFunction", each.name()).name("name", each.name(), "lambda"),
                      each.perTenant()));
      new Overlaps(type)
          .refuse("TenantFunction", functions.stream().map(DeclaredFunction::name).toList());
      return functions;
    }

    private <A extends java.lang.annotation.Annotation> List<ResourceName> names(
        Class<A> annotation, Function<A, String> name, String service) {
      List<ResourceName> names =
          all(
              annotation,
              each ->
                  at(annotation.getSimpleName(), name.apply(each))
                      .name("name", name.apply(each), service));
      new Overlaps(type).refuse(annotation.getSimpleName(), names);
      return names;
    }

    private <A extends java.lang.annotation.Annotation, T> List<T> all(
        Class<A> annotation, Function<A, T> reader) {
      List<T> all = new ArrayList<>();
      for (A each : type.getDeclaredAnnotationsByType(annotation)) {
        all.add(reader.apply(each));
      }
      return List.copyOf(all);
    }

    private Place at(String annotation, String name) {
      return new Place(type, annotation, name, config);
    }
  }
}
