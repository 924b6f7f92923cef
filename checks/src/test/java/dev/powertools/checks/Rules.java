// SPDX-License-Identifier: Apache-2.0
package dev.powertools.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import dev.powertools.core.internal.LibraryCall;
import java.lang.reflect.AccessibleObject;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The rules of the house that hold in every published module. */
final class Rules {

  /**
   * What reads users' package-private records, beans, annotations and factories; the SDK's flush.
   */
  private static final Set<String> MAY_OPEN_REFLECTION =
      Set.of(
          "dev.powertools.core.chain.Links",
          "dev.powertools.core.event.BeanShape",
          "dev.powertools.core.json.LightPlanner",
          "dev.powertools.core.json.RecordShape",
          "dev.powertools.tenancy.TenantIsolatedFactory",
          "dev.powertools.local.HandlerState", // fields of a test's own handler
          "dev.powertools.tracing.Flush");

  /** Whose I/O is the toolkit's own: claims, dead letters and visibility, credentials. */
  private static final String[] MAY_MARK_CALLS = {
    "dev.powertools.core.internal",
    "dev.powertools.batch",
    "dev.powertools.idempotency.dynamodb",
    "dev.powertools.tenancy.aws",
    "dev.powertools.tenancy.aws.credentials"
  };

  private static final Map<String, Set<String>> ENVIRONMENT =
      Map.of(
          "java.lang.System", Set.of("getenv", "getProperty", "getProperties"),
          "java.lang.Boolean", Set.of("getBoolean"),
          "java.lang.Integer", Set.of("getInteger"),
          "java.lang.Long", Set.of("getLong"));

  private static final Map<String, Set<String>> CLOCKS_AND_SLEEP =
      Map.ofEntries(
          Map.entry("java.lang.System", Set.of("nanoTime", "currentTimeMillis")),
          Map.entry("java.lang.Thread", Set.of("sleep")),
          Map.entry("java.util.concurrent.TimeUnit", Set.of("sleep")),
          Map.entry("java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system")),
          Map.entry("java.time.Instant", Set.of("now")),
          Map.entry("java.time.LocalDate", Set.of("now")),
          Map.entry("java.time.LocalDateTime", Set.of("now")),
          Map.entry("java.time.OffsetDateTime", Set.of("now")),
          Map.entry("java.time.ZonedDateTime", Set.of("now")));

  static final ArchRule ENVIRONMENT_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.powertools.core.config..")
          .should()
          .accessTargetWhere(oneOf(ENVIRONMENT))
          .because("environment and system properties are read by Config alone");

  static final ArchRule TIME_IN_ONE_PLACE =
      noClasses()
          .that()
          .haveSimpleNameNotContaining("Timing")
          .should()
          .accessTargetWhere(oneOf(CLOCKS_AND_SLEEP))
          .because("clocks are read, and threads put to sleep, by Timing alone");

  static final ArchRule NO_STATIC_VARIABLE =
      fields()
          .that()
          .areStatic()
          .should()
          .beFinal()
          .because("what tests or runtimes share is what they get wrong");

  static final ArchRule NO_STATIC_HOLDER =
      fields()
          .that()
          .areStatic()
          .should(new HoldNothingMutable())
          .because("a holder in a static field is static mutable state too");

  static final ArchRule NULL_MARKED =
      classes()
          .that(DescribedPredicate.describe("are code", type -> !type.isAnonymousClass()))
          .should(new ResideInAPackageWith(NullMarked.class));

  static final ArchRule REFLECTION_STAYS_CLOSED =
      noClasses()
          .that(
              DescribedPredicate.describe(
                  "are not listed", type -> !MAY_OPEN_REFLECTION.contains(type.getName())))
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "setAccessible",
                  access ->
                      Set.of("setAccessible", "trySetAccessible").contains(access.getName())
                          && access.getTargetOwner().isAssignableTo(AccessibleObject.class)))
          .because("users must need no --add-opens");

  static final ArchRule CALLS_ARE_MARKED_BY_FEW =
      noClasses()
          .that()
          .resideOutsideOfPackages(MAY_MARK_CALLS)
          .should()
          .dependOnClassesThat()
          .areAssignableTo(LibraryCall.class)
          .because("the tenancy guard lets pass what is marked as the toolkit's own I/O");

  private Rules() {}

  private static DescribedPredicate<JavaAccess<?>> oneOf(Map<String, Set<String>> members) {
    return DescribedPredicate.describe(
        "one of " + members,
        access ->
            members
                .getOrDefault(access.getTargetOwner().getName(), Set.of())
                .contains(access.getName()));
  }

  /** Whether a field's declared type can be changed through it, whatever it is set to. */
  static boolean isMutableHolder(JavaField field) {
    JavaClass type = field.getRawType();
    return type.getPackageName().equals("java.util.concurrent.atomic")
        || (type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE))
        || (isCollection(type) && !type.isInterface());
  }

  static boolean isCollection(JavaClass type) {
    return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
  }
}
