// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.amazonaws.services.lambda.runtime.Context;
import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.Signal;
import dev.powertools.core.config.Config;
import dev.powertools.core.event.EventView;
import dev.powertools.core.internal.Entry;
import dev.powertools.core.internal.LiveInvocation;
import dev.powertools.core.internal.Scope;
import dev.powertools.core.json.JsonTree;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.Trust;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Runs isolated work in runtimes of its own, and hears what is told about it. */
public final class Work {

  private final List<Signal> signals = new CopyOnWriteArrayList<>();
  private final FunctionRuntime runtime;

  private Work(FunctionRuntime.Builder builder) {
    this.runtime = builder.listener((signal, work) -> signals.add(signal)).build();
  }

  public static Work of(FunctionRuntime.Builder builder) {
    return new Work(builder);
  }

  public static Work plain() {
    return of(FunctionRuntime.builder().config(Config.of(Map.of())));
  }

  public FunctionRuntime runtime() {
    return runtime;
  }

  /** The tenant that an event is let through for. */
  public String tenant(Tenancy tenancy, @Nullable Object event) {
    return tenant(tenancy, event, null);
  }

  public String tenant(Tenancy tenancy, @Nullable Object event, @Nullable Context context) {
    return inside(() -> tenancy.call(event, context, () -> Tenants.current().id().value()));
  }

  public <T> T inside(Callable<T> work) {
    try (Scope.Attached ignored = Scope.of(runtime).attach()) {
      return work.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Runs as an invocation with this event, in which several calls may be made. */
  public void invocation(@Nullable Object event, Runnable work) {
    LiveInvocation invocation = LiveInvocation.under(runtime).event(EventView.of(event)).open();
    try {
      Entry.run(
          invocation,
          Scope.of(invocation),
          () -> {
            work.run();
            return null;
          });
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  public List<Signal> signals() {
    return signals;
  }

  public TenantDenied denied() {
    return (TenantDenied) signals.get(signals.size() - 1);
  }

  /** The forms in which one event arrives. */
  public static List<Object> forms(String json) {
    return List.of(
        json.getBytes(StandardCharsets.UTF_8),
        json,
        Objects.requireNonNull(JsonTree.read(json, JsonTree.Duplicates.MARK)));
  }

  /** A source that says just this. */
  public static TenantSource says(Trust trust, @Nullable String tenant) {
    return TenantSource.of("a " + trust + " source", trust, work -> Optional.ofNullable(tenant));
  }

  public static Context lambdaTenant(@Nullable String tenant) {
    return (Context)
        Proxy.newProxyInstance(
            Work.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getTenantId" -> tenant;
                  case "getAwsRequestId" -> "r-1";
                  case "getRemainingTimeInMillis" -> 1000;
                  default -> null;
                });
  }

  /** What is logged while something runs, with keys. */
  public static List<String> logged(Runnable work) {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.powertools.tenancy");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    try {
      work.run();
    } finally {
      logger.detachAppender(lines);
    }
    return new ArrayList<>(lines.list)
        .stream()
            .map(
                line ->
                    line.getFormattedMessage()
                        + " "
                        + (line.getKeyValuePairs() == null ? "" : line.getKeyValuePairs())
                        + (line.getThrowableProxy() == null
                            ? ""
                            : line.getThrowableProxy().getMessage()))
            .collect(Collectors.toList());
  }
}
