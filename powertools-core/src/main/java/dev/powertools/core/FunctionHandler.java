// SPDX-License-Identifier: Apache-2.0
package dev.powertools.core;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.internal.DoorCheck;
import dev.powertools.core.internal.DoorMethod;
import dev.powertools.core.internal.HandlerChains;
import dev.powertools.core.internal.HandlerDoor;
import dev.powertools.core.internal.TypeArguments;
import dev.powertools.core.json.PayloadCodec;
import dev.powertools.core.json.TypedCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A handler whose annotations work without any build plugin: extend it, annotate {@link #handle} or
 * the class, and name the class as the function's handler. It reads the event from the platform's
 * stream itself, which starts faster than the platform's own deserialisation and, unlike it, takes
 * Java records.
 *
 * <pre>{@code
 * @Logging
 * public class GreetHandler extends FunctionHandler<Greeting, String> {
 *   @Override
 *   protected String handle(Greeting greeting, Context context) {
 *     return "Hello " + greeting.name();
 *   }
 * }
 * }</pre>
 *
 * <p>Annotations of the type mean the whole invocation; those of {@link #handle} come inside them.
 * Links outside {@link dev.powertools.core.chain.Phase#DECODE} see the event's bytes and the
 * response's. Annotations on any other method need the weaver, and are an error while the function
 * starts if it did not run. The object serves many invocations, also concurrent ones.
 *
 * <p>An event of {@code aws-lambda-java-events} is not read here: implement {@link
 * com.amazonaws.services.lambda.runtime.RequestHandler} and weave, or use a base class made for it.
 *
 * @param <I> the event: a record, a collection, a simple value, or what databind can read
 * @param <O> the response
 */
public abstract class FunctionHandler<I extends @Nullable Object, O extends @Nullable Object>
    implements RequestStreamHandler {

  private final TypedCodec<I> input;
  private final TypedCodec<O> output;
  private final HandlerDoor door;

  /**
   * Reads the types and annotations of the subclass.
   *
   * @throws ConfigurationException if one of them can't work
   * @throws UnwovenClassError if an annotation on another method would not be applied
   */
  protected FunctionHandler() {
    Class<?> type = getClass();
    DoorMethod method = DoorMethod.find(type, FunctionHandler.class, "handle", 2);
    DoorCheck.of(type, FunctionHandler.class, List.of(method)).verify();
    List<Type> arguments = TypeArguments.of(type, FunctionHandler.class);
    this.input = codec(arguments.get(0));
    this.output = codec(arguments.get(1));
    this.door =
        new HandlerDoor(
            this, new HandlerChains(method, type, this::decoding), (target, args) -> call(args));
  }

  @SuppressWarnings("unchecked") // the codec reads the type that the subclass named
  private static <T extends @Nullable Object> TypedCodec<T> codec(Type type) {
    return (TypedCodec<T>) PayloadCodec.standard().forType(type);
  }

  private @Nullable Object decoding(Invocation invocation) throws Throwable {
    @Nullable Object[] arguments = invocation.arguments();
    arguments[0] = arguments[0] instanceof byte[] json ? input.read(json) : arguments[0];
    @SuppressWarnings("unchecked") // handle, or a link that stands in for it, returned it
    O result = (O) invocation.proceed(arguments);
    return output.write(result);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // the codec read it; a null context is the caller's
  private @Nullable Object call(@Nullable Object[] arguments) throws Exception {
    return handle((I) arguments[0], (Context) arguments[1]);
  }

  /**
   * Does the function's work.
   *
   * @param event what the function was invoked with
   * @param context the platform's context
   * @return the response
   * @throws Exception what the platform shall report, unchanged
   */
  protected abstract O handle(I event, Context context) throws Exception;

  @Override
  public final void handleRequest(InputStream in, OutputStream out, Context context)
      throws IOException {
    door.handle(in, out, context);
  }
}
