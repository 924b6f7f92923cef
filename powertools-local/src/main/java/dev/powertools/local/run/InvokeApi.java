// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonWriter;
import dev.powertools.local.FunctionInitException;
import dev.powertools.local.InvocationResult;
import dev.powertools.local.InvokeOptions;
import dev.powertools.local.LocalFunction;
import dev.powertools.local.http.HttpRequest;
import dev.powertools.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's {@code Invoke}, so that {@code aws lambda invoke --endpoint-url} works: synchronous,
 * asynchronous (once, without retries) and dry runs. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class InvokeApi {
  private static final String PREFIX = "/2015-03-31/functions/";
  private static final String SUFFIX = "/invocations";

  private final LocalFunction function;
  private final @Nullable String tenant;
  private final Wire wire;

  InvokeApi(LocalFunction function, @Nullable String tenant, Wire wire) {
    this.function = function;
    this.tenant = tenant;
    this.wire = wire;
  }

  static boolean isFor(HttpRequest request) {
    return request.path().startsWith(PREFIX) && request.path().endsWith(SUFFIX);
  }

  HttpResponse handle(HttpRequest request) {
    InvokeOptions options;
    try {
      options = options(request);
    } catch (IllegalArgumentException e) {
      return problem(400, "InvalidRequestContentException", String.valueOf(e.getMessage()));
    }
    HttpResponse refusal = refusal(request);
    return refusal == null ? invoke(request, options) : refusal;
  }

  private @Nullable HttpResponse refusal(HttpRequest request) {
    String path = request.path();
    String name =
        PercentEncoding.path(path.substring(PREFIX.length(), path.length() - SUFFIX.length()));
    if (!isOurs(name)) {
      return problem(
          404,
          "ResourceNotFoundException",
          "Function not found: "
              + name
              + "; the one that runs here is "
              + function.options().name());
    }
    if (!request.method().equals("POST")) {
      return problem(405, "MethodNotAllowedException", "Invoke is a POST");
    }
    if (request.body().length > Gateway.MAX_EVENT_BYTES) {
      return problem(
          413,
          "RequestTooLargeException",
          "Request must be smaller than "
              + Gateway.MAX_EVENT_BYTES
              + " bytes for the InvokeFunction operation");
    }
    return unreadable(request.body());
  }

  /** By name, by ARN, or by part of it, with or without a version. */
  private boolean isOurs(String name) {
    String own = function.options().name();
    String plain = name.replaceFirst("^.*:?function:", "");
    return plain.equals(own) || plain.startsWith(own + ":") || name.endsWith(":" + own);
  }

  private static @Nullable HttpResponse unreadable(byte[] event) {
    if (event.length == 0) {
      return null;
    }
    try {
      JsonTree.read(event, JsonTree.Duplicates.MARK);
      return null;
    } catch (InvalidJsonException e) {
      return problem(
          400,
          "InvalidRequestContentException",
          "Could not parse request body into json: " + e.getMessage());
    }
  }

  private InvokeOptions options(HttpRequest request) {
    InvokeOptions.Builder options = InvokeOptions.builder();
    String context = request.header("x-amz-client-context", "");
    if (!context.isEmpty()) {
      options.clientContext(
          new String(Base64.getDecoder().decode(context), StandardCharsets.UTF_8));
    }
    String caller = request.header("x-amz-tenant-id", tenant == null ? "" : tenant);
    if (!caller.isEmpty()) {
      options.tenantId(caller);
    }
    String trace = request.header("x-amzn-trace-id", "");
    if (!trace.isEmpty()) {
      options.traceId(trace);
    }
    return options.build();
  }

  private HttpResponse invoke(HttpRequest request, InvokeOptions options) {
    byte[] body = request.body();
    byte[] event = body.length == 0 ? new byte[] {'{', '}'} : body;
    String type = request.header("x-amz-invocation-type", "RequestResponse");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "requestresponse" -> synchronous(event, options);
      case "event" -> {
        Thread thread = new Thread(() -> synchronous(event, options), "asynchronous-invoke");
        thread.setDaemon(true);
        thread.start();
        yield withId(HttpResponse.of(202, new byte[0]), options);
      }
      case "dryrun" -> withId(HttpResponse.of(204, new byte[0]), options);
      default ->
          problem(
              400,
              "InvalidParameterValueException",
              "X-Amz-Invocation-Type is '" + type + "': expected RequestResponse, Event or DryRun");
    };
  }

  private HttpResponse synchronous(byte[] event, InvokeOptions options) {
    InvocationResult result;
    try {
      result = function.invoke(event, options);
    } catch (FunctionInitException e) {
      wire.tell(Wire.Kind.PROBLEM, String.valueOf(e.getMessage()));
      return withId(HttpResponse.json(200, initError(e)), options)
          .header("X-Amz-Function-Error", "Unhandled");
    } catch (PowertoolsException e) {
      return problem(500, "ServiceException", String.valueOf(e.getMessage()));
    }
    Call.tell(wire, "invoke", result.error().isPresent() ? "error" : "ok", result);
    return withId(HttpResponse.json(200, result.payload()), options)
        .header("X-Amz-Function-Error", result.error().isPresent() ? "Unhandled" : null);
  }

  private static byte[] initError(FunctionInitException e) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("errorType").value(e.error() == null ? "Runtime.ExitError" : e.error().type());
    json.name("errorMessage").value(e.getMessage());
    return json.endObject().toByteArray();
  }

  private HttpResponse withId(HttpResponse response, InvokeOptions options) {
    return response
        .header("x-amzn-RequestId", options.requestId())
        .header("X-Amz-Executed-Version", function.options().version());
  }

  private static HttpResponse problem(int status, String type, String message) {
    JsonWriter json = new JsonWriter().beginObject();
    json.name("Type").value("User");
    json.name("Message").value(message);
    json.name("message").value(message);
    return HttpResponse.json(status, json.endObject().toByteArray())
        .header("x-amzn-ErrorType", type);
  }
}
