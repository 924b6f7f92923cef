// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.run;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP response that an HTTP API of API Gateway makes of a function's, payload format 2.0.
 *
 * <p>An object with a {@code statusCode} is a response; any other JSON is the body of a 200, a
 * string as its text. What is neither gets 500, as the real gateway answers it (502 is the REST
 * API's), and the reason is for the console.
 */
final class HttpApiResponse {
  private static final Set<String> OURS =
      Set.of("content-length", "connection", "transfer-encoding", "keep-alive", "upgrade");

  /** Says what is wrong with a function's response. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String reason) {
      super(reason);
    }
  }

  private HttpApiResponse() {}

  static HttpResponse of(byte[] payload) throws Malformed {
    Object json = read(payload);
    if (json instanceof Map<?, ?> response && response.containsKey("statusCode")) {
      return formatted(response);
    }
    byte[] body = json instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : payload;
    return HttpResponse.json(200, body);
  }

  private static @Nullable Object read(byte[] payload) throws Malformed {
    try {
      return payload.length == 0 ? "" : JsonTree.read(payload, JsonTree.Duplicates.MARK);
    } catch (InvalidJsonException e) {
      throw new Malformed("it is not JSON: " + e.getMessage());
    }
  }

  private static HttpResponse formatted(Map<?, ?> response) throws Malformed {
    HttpResponse http = HttpResponse.of(status(response.get("statusCode")), body(response));
    boolean typed = headers(http, response.get("headers"));
    if (!typed) {
      http.header("content-type", "text/plain;charset=UTF-8");
    }
    cookies(http, response.get("cookies"));
    return http;
  }

  private static int status(@Nullable Object status) throws Malformed {
    try {
      int code = Integer.parseInt(String.valueOf(status));
      if (code >= 100 && code <= 599) {
        return code;
      }
    } catch (NumberFormatException e) {
      throw new Malformed("its statusCode is '" + status + "': expected 100 to 599");
    }
    throw new Malformed("its statusCode is '" + status + "': expected 100 to 599");
  }

  private static byte[] body(Map<?, ?> response) throws Malformed {
    Object body = response.get("body");
    if (body == null) {
      return new byte[0];
    }
    if (!(body instanceof String text)) {
      throw new Malformed("its body is no string: write the JSON into a string");
    }
    if (!Boolean.TRUE.equals(response.get("isBase64Encoded"))) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Malformed("its body is not base64, but isBase64Encoded is true");
    }
  }

  /** Adds the headers, and says whether a content type was among them. */
  private static boolean headers(HttpResponse http, @Nullable Object headers) throws Malformed {
    boolean typed = false;
    if (headers instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> header : map.entrySet()) {
        String name = String.valueOf(header.getKey()).toLowerCase(Locale.ROOT);
        if (!OURS.contains(name)) {
          add(http, name, header.getValue());
        }
        typed |= name.equals("content-type");
      }
    } else if (headers != null) {
      throw new Malformed("its headers are no object");
    }
    return typed;
  }

  private static void cookies(HttpResponse http, @Nullable Object cookies) throws Malformed {
    if (cookies instanceof List<?> list) {
      for (Object cookie : list) {
        add(http, "set-cookie", cookie);
      }
    } else if (cookies != null) {
      throw new Malformed("its cookies are no array");
    }
  }

  private static void add(HttpResponse http, String name, @Nullable Object value) throws Malformed {
    if (value instanceof Map || value instanceof List) {
      throw new Malformed("its header '" + name + "' is no string");
    }
    try {
      http.header(name, value == null ? "" : value.toString());
    } catch (IllegalArgumentException e) {
      throw new Malformed("its header '" + name + "' can't stand in an HTTP head");
    }
  }
}
