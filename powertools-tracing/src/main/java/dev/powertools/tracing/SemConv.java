// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tracing;

import io.opentelemetry.api.common.AttributeKey;

/**
 * Names of attributes, from OpenTelemetry's semantic conventions 1.44: FaaS, AWS Lambda, cloud,
 * HTTP, messaging, exceptions. What is not in there begins with {@code powertools}.
 */
final class SemConv {

  static final AttributeKey<String> INVOCATION_ID = AttributeKey.stringKey("faas.invocation_id");
  static final AttributeKey<Boolean> COLD_START = AttributeKey.booleanKey("faas.coldstart");
  static final AttributeKey<String> TRIGGER = AttributeKey.stringKey("faas.trigger");
  static final AttributeKey<String> TIME = AttributeKey.stringKey("faas.time");
  static final AttributeKey<String> COLLECTION = AttributeKey.stringKey("faas.document.collection");
  static final AttributeKey<String> DOCUMENT = AttributeKey.stringKey("faas.document.name");
  static final AttributeKey<String> DOCUMENT_OPERATION =
      AttributeKey.stringKey("faas.document.operation");
  static final AttributeKey<String> INVOKED_ARN = AttributeKey.stringKey("aws.lambda.invoked_arn");
  static final AttributeKey<String> RESOURCE_ID = AttributeKey.stringKey("cloud.resource_id");
  static final AttributeKey<String> ACCOUNT_ID = AttributeKey.stringKey("cloud.account.id");

  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> METHOD_ORIGINAL =
      AttributeKey.stringKey("http.request.method_original");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
  static final AttributeKey<String> USER_AGENT = AttributeKey.stringKey("user_agent.original");

  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.name");
  static final AttributeKey<String> OPERATION_TYPE =
      AttributeKey.stringKey("messaging.operation.type");
  static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
  static final AttributeKey<Long> MESSAGES = AttributeKey.longKey("messaging.batch.message_count");

  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> EXCEPTION_TYPE = AttributeKey.stringKey("exception.type");
  static final AttributeKey<String> EXCEPTION_MESSAGE = AttributeKey.stringKey("exception.message");
  static final AttributeKey<String> EXCEPTION_STACK =
      AttributeKey.stringKey("exception.stacktrace");

  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("powertools.outcome");
  static final String RESULT = "powertools.result";

  static final String PROCESS = "process";

  private SemConv() {}
}
