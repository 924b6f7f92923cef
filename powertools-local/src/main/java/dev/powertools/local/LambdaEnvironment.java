// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.config.Config;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables of a function's process, as Lambda defines them. */
public final class LambdaEnvironment {
  private LambdaEnvironment() {}

  /**
   * Lambda's defined run-time variables with fake credentials, then the function's own; of this
   * process's only {@code PATH}. What names the handler and the Runtime API is not among them.
   *
   * @param taskRoot the process's working directory
   * @param logStream the log stream's name
   */
  public static Map<String, String> of(FunctionOptions function, Path taskRoot, String logStream) {
    Map<String, String> variables = new LinkedHashMap<>();
    Config.environment().variable("PATH").ifPresent(path -> variables.put("PATH", path));
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("LAMBDA_TASK_ROOT", taskRoot.toString());
    variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java" + Runtime.version().feature());
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "" + function.memoryMegabytes());
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    variables.put("AWS_REGION", function.region());
    variables.put("AWS_DEFAULT_REGION", function.region());
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_SESSION_TOKEN", "local");
    variables.put("POWERTOOLS_LOCAL", "true"); // what keeps state in memory may start here
    variables.putAll(function.environment());
    return variables;
  }
}
