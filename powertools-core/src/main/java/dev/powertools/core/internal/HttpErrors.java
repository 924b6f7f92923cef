// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core.internal;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.HttpProblem;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.chain.JoinPoint;
import dev.powertools.core.config.ConfigKey;
import dev.powertools.core.event.EventView;
import dev.powertools.core.json.JsonPointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Turns an exception of the toolkit that leaves the handler of an HTTP event into the response that
 * its {@link HttpProblem} describes. Stands outside every link, so spans and logs have seen the
 * exception. Whatever can't be rendered is thrown on unchanged. Loaded at the first such exception.
 */
final class HttpErrors {

  /** Whether the toolkit's exceptions are rendered for HTTP events; they are by default. */
  private static final ConfigKey<Boolean> RENDERED =
      ConfigKey.of(
              "POWERTOOLS_HTTP_ERRORS",
              "render or throw",
              HttpErrors::isRendered,
              "Whether the toolkit's own exceptions become responses of HTTP events.")
          .withDefault(true);

  private static final JsonPointer METHOD_1 = JsonPointer.of("/httpMethod");
  private static final JsonPointer METHOD_2 = JsonPointer.of("/requestContext/http/method");
  private static final JsonPointer CONTEXT = JsonPointer.of("/requestContext");
  private static final JsonPointer CONNECTION = JsonPointer.of("/requestContext/connectionId");
  private static final JsonPointer AUTHORIZED_1 = JsonPointer.of("/methodArn");
  private static final JsonPointer AUTHORIZED_2 = JsonPointer.of("/routeArn");
  private static final JsonPointer LOAD_BALANCER = JsonPointer.of("/requestContext/elb");
  private static final JsonPointer MANY_VALUES = JsonPointer.of("/multiValueHeaders");

  private HttpErrors() {}

  private static boolean isRendered(String text) {
    if (text.equalsIgnoreCase("render")) {
      return true;
    }
    if (text.equalsIgnoreCase("throw")) {
      return false;
    }
    throw new IllegalArgumentException("neither render nor throw");
  }

  /**
   * The response of a woven entry method, as what the method returns; that of a stream handler is
   * written to its stream.
   *
   * @param second the second argument of the platform's call, a stream handler's output
   * @throws PowertoolsException the exception, if it is not rendered
   */
  static @Nullable Object answer(
      PowertoolsException e,
      LiveInvocation invocation,
      JoinPoint joinPoint,
      @Nullable Object second) {
    HttpResponse response = response(e, invocation);
    if (second instanceof OutputStream out) {
      write(e, response, out);
      return null;
    }
    Optional<Object> answer = response.as(joinPoint.returnType());
    if (answer.isEmpty()
        && invocation.runtime().part(WarnedOf.class, r -> new WarnedOf()).first(HttpErrors.class)) {
      LoggerFactory.getLogger(HttpErrors.class)
          .warn(
              "{} returns {}, which can't tell a status: the caller gets the platform's error instead"
                  + " of {}. Return a response of aws-lambda-java-events, a Map, or a class with"
                  + " statusCode, headers and body; or set {}=throw.",
              joinPoint.describe(),
              joinPoint.returnType().getTypeName(),
              response.status(),
              RENDERED.name());
    }
    return answer.orElseThrow(() -> e);
  }

  /**
   * The response of a base class, in bytes.
   *
   * @throws PowertoolsException the exception, if it is not rendered
   */
  static byte[] bytes(PowertoolsException e, LiveInvocation invocation) {
    return response(e, invocation).json();
  }

  private static HttpResponse response(PowertoolsException e, LiveInvocation invocation) {
    try {
      HttpProblem problem = e.httpProblem().orElse(null);
      EventView event = invocation.event();
      if (problem != null && isHttp(event) && isWanted(invocation, e)) {
        return new HttpResponse(problem, event.exists(LOAD_BALANCER) && event.exists(MANY_VALUES));
      }
    } catch (RuntimeException | LinkageError unrendered) {
      if (unrendered != e) {
        e.addSuppressed(unrendered);
      }
    }
    throw e;
  }

  private static boolean isHttp(EventView event) {
    boolean request =
        event.exists(METHOD_2)
            || (event.exists(CONTEXT) && (event.exists(METHOD_1) || event.exists(CONNECTION)));
    return request && !isAuthorizers(event);
  }

  /** An authorizer is shown the request, and is to answer with a policy and not with a response. */
  private static boolean isAuthorizers(EventView event) {
    return event.exists(AUTHORIZED_1) || event.exists(AUTHORIZED_2);
  }

  private static boolean isWanted(LiveInvocation invocation, PowertoolsException e) {
    try {
      return invocation.runtime().config().get(RENDERED);
    } catch (ConfigurationException badValue) {
      e.addSuppressed(badValue);
      return false;
    }
  }

  private static void write(PowertoolsException e, HttpResponse response, OutputStream out) {
    try {
      if (out instanceof ByteArrayOutputStream buffer) {
        buffer.reset(); // what the handler had begun to say
      }
      out.write(response.json());
    } catch (IOException unwritten) {
      e.addSuppressed(unwritten);
      throw e;
    }
  }
}
