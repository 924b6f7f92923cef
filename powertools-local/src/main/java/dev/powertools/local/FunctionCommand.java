// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
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
    environment.putAll(LambdaEnvironment.of(function, options.directory(), logStream));
    environment.put("_HANDLER", function.handler());
    environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    return builder;
  }
}
