// SPDX-License-Identifier: Apache-2.0
package dev.powertools.testing;

import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.source.FromAuthorizer;
import dev.powertools.tenancy.source.FromEventBridge;
import dev.powertools.tenancy.source.FromIam;
import dev.powertools.tenancy.source.FromJwt;
import dev.powertools.tenancy.source.FromObjectKey;
import dev.powertools.tenancy.source.FromSourceArn;
import dev.powertools.tenancy.source.FromTableKey;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts the proof of a tenant into events, where a handler takes it from: as the authorizer, the
 * queue or the table would.
 */
final class TenantProof {

  private final List<Annotation> sources = new ArrayList<>();
  private boolean trustsLambda;
  private boolean isolated;

  private TenantProof(@Nullable Class<?> handler) {
    for (Class<?> c = handler; c != null && c != Object.class; c = c.getSuperclass()) {
      add(c.getDeclaredAnnotations());
      for (Method method : c.getDeclaredMethods()) {
        if (!method.isBridge()) {
          add(method.getDeclaredAnnotations());
        }
      }
    }
  }

  /** As a handler is configured: {@code com.acme.Orders::handle}. */
  static TenantProof of(String handler) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      return of(Class.forName(handler.replaceFirst("::.*", ""), false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return new TenantProof(null);
    }
  }

  static TenantProof of(Class<?> handler) {
    return new TenantProof(handler);
  }

  private void add(Annotation[] annotations) {
    for (Annotation each : annotations) {
      if (each instanceof TenantIsolated isolation) {
        trustsLambda |= isolation.trustLambdaTenantId();
        isolated = true;
      }
      sources.add(each);
    }
  }

  /** The source of a kind. */
  <A extends Annotation> @Nullable A source(Class<A> type) {
    for (Annotation each : sources) {
      if (type.isInstance(each)) {
        return type.cast(each);
      }
    }
    return null;
  }

  /** The event with the proof; null if no source is one that an event carries. */
  byte @Nullable [] prove(byte[] event, String tenant) {
    if (!isolated) {
      return null;
    }
    EventTree tree = EventTree.of(event);
    boolean proved = false;
    for (Annotation each : sources) {
      proved |= prove(each, tree, tenant);
    }
    if (!proved && !trustsLambda) {
      throw new IllegalArgumentException(
          "as.tenant can't prove a tenant to this handler: none of its sources is one whose proof"
              + " the harness can make. Put it into the event yourself.");
    }
    return proved ? tree.toBytes() : null;
  }

  private static boolean prove(Annotation source, EventTree event, String tenant) {
    if (source instanceof FromJwt jwt) {
      claims(event, jwt).put(jwt.claim(), tenant);
    } else if (source instanceof FromAuthorizer authorizer) {
      context(event).put(authorizer.key(), tenant);
    } else if (source instanceof FromIam iam) {
      signed(event, iam.role(), tenant);
    } else if (source instanceof FromSourceArn arns) {
      event.records().forEach(record -> record.object().put("eventSourceARN", arn(arns, tenant)));
    } else if (source instanceof FromEventBridge bus) {
      event.object().put("source", bus.source()[0]);
      event.object().put("account", bus.account()[0]);
      put(event, bus.pointer(), tenant);
    } else if (source instanceof FromTableKey table) {
      event.records().forEach(record -> changed(record, table, tenant));
    } else if (source instanceof FromObjectKey object) {
      event.records().forEach(record -> stored(record, object, tenant));
    } else {
      return false;
    }
    return true;
  }

  /** The claims of the event, made as its authorizer does. */
  static Map<String, @Nullable Object> claims(EventTree event, FromJwt jwt) {
    Map<String, @Nullable Object> claims =
        isFormat2(event)
            ? event.object("requestContext", "authorizer", "jwt", "claims")
            : event.object("requestContext", "authorizer", "claims");
    if (!jwt.issuer().isEmpty() && !jwt.issuer().contains("${")) {
      claims.put("iss", jwt.issuer());
    }
    return claims;
  }

  /** The context of the event's Lambda authorizer. */
  static Map<String, @Nullable Object> context(EventTree event) {
    if (isFormat2(event)) {
      return event.object("requestContext", "authorizer", "lambda");
    }
    Map<String, @Nullable Object> context = event.object("requestContext", "authorizer");
    context.putIfAbsent("principalId", "user");
    return context;
  }

  static boolean isFormat2(EventTree event) {
    return "2.0".equals(event.object().get("version"));
  }

  private static void signed(EventTree event, String role, String tenant) {
    String[] parts = role.split(":", 6);
    String arn =
        "arn:aws:sts::" + parts[4] + ":assumed-role" + role.substring(role.lastIndexOf('/')) + "/";
    Map<String, @Nullable Object> caller =
        isFormat2(event)
            ? event.object("requestContext", "authorizer", "iam")
            : event.object("requestContext", "identity");
    caller.put("userArn", arn + tenant);
  }

  private static String arn(FromSourceArn arns, String tenant) {
    for (String text : arns.value()) {
      for (String entry : text.split(",", -1)) {
        if (entry.strip().endsWith("=" + tenant)) {
          return entry.strip().substring(0, entry.strip().lastIndexOf('='));
        }
      }
    }
    throw new IllegalArgumentException("@FromSourceArn names no ARN of tenant " + tenant);
  }

  private static void put(EventTree event, String pointer, String tenant) {
    String[] path = pointer.substring(1).split("/", -1);
    String[] holders = new String[path.length - 1];
    System.arraycopy(path, 0, holders, 0, holders.length);
    event.object(holders).put(path[holders.length], tenant);
  }

  private static void changed(EventTree record, FromTableKey table, String tenant) {
    record
        .object()
        .put(
            "eventSourceARN",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/"
                + table.table()
                + "/stream/2026-01-01T00:00:00.000");
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("S", formatted(table.format(), tenant));
    record.object("dynamodb", "Keys").put(table.key(), value);
  }

  private static void stored(EventTree record, FromObjectKey object, String tenant) {
    record.object("s3", "bucket").put("name", object.bucket()[0]);
    record.object("s3", "object").put("key", formatted(object.format(), tenant));
  }

  private static String formatted(String format, String tenant) {
    String text = format.endsWith("*") ? format.substring(0, format.length() - 1) + "1" : format;
    return text.replace("{tenant}", tenant);
  }
}
