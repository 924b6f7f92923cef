// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.powertools.core.PowertoolsException;
import dev.powertools.core.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** What a process needs of the runtime client: its jars, and its native library in a file. */
final class RuntimeClientFiles {
  private static final String MAIN =
      "com/amazonaws/services/lambda/runtime/api/client/AWSLambda.class";

  private RuntimeClientFiles() {}

  /**
   * The class path with the runtime client on it. A function's own class path usually lacks it,
   * since Lambda brings it: then ours goes in front, as Lambda's does.
   */
  static List<Path> withClient(List<Path> classPath) {
    try (URLClassLoader loader = loader(classPath)) {
      if (loader.getResource(MAIN) != null) {
        return classPath;
      }
    } catch (IOException e) {
      throw unreadable(classPath, e);
    }
    List<Path> complete = new ArrayList<>();
    // Not AWSLambda itself: its static initialiser changes the JVM's security properties.
    for (Class<?> type :
        List.of(
            Context.class,
            LambdaRequestHandler.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)) {
      complete.add(jarOf(type));
    }
    complete.addAll(classPath);
    return complete;
  }

  /**
   * Copies the native library of the client on that class path. Left alone, the client unpacks it
   * to one fixed path at each start, where several processes would overwrite each other's.
   */
  static Path nativeLibrary(List<Path> classPath, Path directory) {
    String name = "jni/" + libraryName();
    try (URLClassLoader loader = loader(classPath);
        InputStream library = loader.getResourceAsStream(name)) {
      if (library == null) {
        throw new PowertoolsException(
            "The runtime client on the class path has no "
                + name
                + ": a forked function needs Linux on x86_64 or aarch64;"
                + " elsewhere run it in process (LocalFunction.inProcess)");
      }
      Path copy = directory.resolve("libaws-lambda-jni.so");
      Files.copy(library, copy);
      return copy;
    } catch (IOException e) {
      throw new PowertoolsException("Can't copy " + name + " to " + directory, e);
    }
  }

  /** Looks at classes of a class path, in a loader that serves for this look only. */
  static <T> T look(List<Path> classPath, Function<ClassLoader, T> look) {
    try (URLClassLoader loader = loader(classPath)) {
      return look.apply(loader);
    } catch (IOException e) {
      throw unreadable(classPath, e);
    }
  }

  private static String libraryName() {
    Config config = Config.environment();
    String os = config.systemProperty("os.name").orElse("").toLowerCase(Locale.ROOT);
    String arch = config.systemProperty("os.arch").orElse("");
    String libc = Files.exists(Path.of("/etc/alpine-release")) ? "_musl" : "";
    String cpu = arch.equals("amd64") ? "x86_64" : arch.equals("aarch64") ? "aarch_64" : arch;
    return "libaws-lambda-jni." + os + libc + "-" + cpu + ".so";
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new PowertoolsException("Can't tell where " + type.getName() + " comes from", e);
    }
  }

  private static URLClassLoader loader(List<Path> classPath) throws MalformedURLException {
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath.get(i).toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static PowertoolsException unreadable(List<Path> classPath, IOException e) {
    return new PowertoolsException("Can't read the class path " + classPath, e);
  }
}
