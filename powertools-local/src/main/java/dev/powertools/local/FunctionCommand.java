// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.config.Config;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a function's process is started: command line and environment, as Lambda sets them. */
record FunctionCommand(
    FunctionOptions function, ForkOptions options, List<Path> classPath, Path nativeLibrary) {
  private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
  private static final String NATIVE_PROPERTY =
      "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

  ProcessBuilder builder(String runtimeApi, String logStream) {
    List<String> command = new ArrayList<>();
    command.add(options.java().toString());
    command.addAll(options.jvmFlags());
    command.add(NATIVE_PROPERTY + nativeLibrary);
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(MAIN);
    command.add(function.handler());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(options.directory().toFile())
            .redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(environment(runtimeApi, logStream));
    return builder;
  }

  /** Lambda's defined run-time variables, then the function's own. */
  private Map<String, String> environment(String runtimeApi, String logStream) {
    Map<String, String> variables = new LinkedHashMap<>();
    Config.environment().variable("PATH").ifPresent(path -> variables.put("PATH", path));
    variables.put("LANG", "en_US.UTF-8");
    variables.put("TZ", ":UTC");
    variables.put("LAMBDA_TASK_ROOT", options.directory().toString());
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
    variables.put("_HANDLER", function.handler());
    variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    return variables;
  }
}
