// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * How a service writes its errors. Source: the AWS protocol specifications of Smithy 2.0, and for
 * S3 the error responses of its API reference.
 */
enum Protocol {
  /** JSON 1.0 and 1.1, the error's type in the body: DynamoDB, SQS, Kinesis, EventBridge. */
  JSON("application/x-amz-json-1.0") {
    @Override
    byte[] body(String type, ErrorAnswer error) {
      return json(Map.of("__type", type, "message", error.message()));
    }
  },
  /** Query, a form in and XML out: STS, SNS, CloudFormation. */
  QUERY("text/xml") {
    @Override
    byte[] body(String type, ErrorAnswer error) {
      return utf8(
          "<ErrorResponse><Error><Type>%s</Type>%s</Error><RequestId>%s</RequestId></ErrorResponse>"
              .formatted(error.fault(), xml(type, error.message()), REQUEST_ID));
    }
  },
  /** XML over REST: S3. */
  REST_XML("application/xml") {
    @Override
    byte[] body(String type, ErrorAnswer error) {
      return utf8(
          "<Error>%s<RequestId>%s</RequestId></Error>"
              .formatted(xml(type, error.message()), REQUEST_ID));
    }
  },
  /** JSON over REST, the error's type in a header: Lambda, API Gateway. */
  REST_JSON("application/json") {
    @Override
    byte[] body(String type, ErrorAnswer error) {
      return json(Map.of("message", error.message()));
    }
  };

  private static final String REQUEST_ID = "scripted";

  private final String contentType;

  Protocol(String contentType) {
    this.contentType = contentType;
  }

  static Protocol of(AwsRequest request) {
    if (request.http().firstMatchingHeader("X-Amz-Target").isPresent()) {
      return JSON;
    }
    if (Recognition.isForm(request.http())) {
      return QUERY;
    }
    return request.service().startsWith("s3") ? REST_XML : REST_JSON;
  }

  /** An answer with a text of the test's own. */
  AwsAnswer text(int status, String body) {
    return new AwsAnswer(status, headers(), utf8(body));
  }

  /** The answer that makes the SDK throw the exception of an error's code. */
  AwsAnswer error(AwsRequest request, ErrorAnswer error) {
    Map<String, String> headers = headers();
    if (this == REST_JSON) {
      headers.put("x-amzn-ErrorType", error.code());
    }
    if (request.service().equals("sqs")) {
      headers.put("x-amzn-query-error", error.code() + ";" + error.fault());
    }
    byte[] body = body(namespace(request) + error.code(), error);
    boolean bare = request.http().method() == SdkHttpMethod.HEAD;
    return new AwsAnswer(error.status(), headers, bare ? new byte[0] : body);
  }

  abstract byte[] body(String type, ErrorAnswer error);

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType);
    headers.put("x-amzn-RequestId", REQUEST_ID);
    return headers;
  }

  private String namespace(AwsRequest request) {
    if (this != JSON) {
      return "";
    }
    return switch (request.service()) {
      case "dynamodb" -> "com.amazonaws.dynamodb.v20120810#";
      case "sqs" -> "com.amazonaws.sqs#";
      default -> "";
    };
  }

  private static byte[] json(Map<String, String> members) {
    JsonWriter json = new JsonWriter().beginObject();
    members.forEach((name, value) -> json.name(name).value(value));
    return json.endObject().toByteArray();
  }

  private static String xml(String code, String message) {
    return "<Code>" + escaped(code) + "</Code><Message>" + escaped(message) + "</Message>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
