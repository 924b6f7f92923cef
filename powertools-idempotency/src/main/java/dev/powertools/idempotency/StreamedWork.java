// SPDX-License-Identifier: Apache-2.0
package dev.powertools.idempotency;

import dev.powertools.core.ConfigurationException;
import dev.powertools.core.FunctionInvocation;
import dev.powertools.core.chain.Interceptor;
import dev.powertools.core.chain.Invocation;
import dev.powertools.core.chain.JoinPoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream handler as work with a result: the event's bytes are the argument, and the bytes that it
 * writes are the result, which reach the platform as they are written. A replay writes them again,
 * byte for byte. Immutable.
 */
final class StreamedWork implements Interceptor {

  private static final int IN = 0;
  private static final int OUT = 1;

  private final Interceptor link;

  private StreamedWork(Interceptor link) {
    this.link = link;
  }

  /** Whether a method takes an event from a stream, and writes its response to another. */
  static boolean is(JoinPoint joinPoint) {
    List<Type> types = joinPoint.parameterTypes();
    return joinPoint.entry()
        && types.size() > OUT
        && types.get(IN) == InputStream.class
        && types.get(OUT) == OutputStream.class;
  }

  /** Shows such a method to a link whose results are bytes. */
  static Interceptor around(Interceptor link) {
    return new StreamedWork(link);
  }

  @Override
  public @Nullable Object intercept(Invocation invocation) throws Throwable {
    if (!(invocation.argument(IN) instanceof InputStream in)
        || !(invocation.argument(OUT) instanceof OutputStream out)) {
      throw new IdempotencyKeyException(
          invocation.joinPoint().describe() + " was called without its streams");
    }
    Call call = new Call(invocation, in.readAllBytes(), out);
    Object result = link.intercept(call);
    if (!call.ran && result != null) {
      out.write(bytes(result, invocation));
    }
    return null;
  }

  /** What is stored is bytes; a fallback may give anything. */
  private static byte[] bytes(Object result, Invocation invocation) {
    if (result instanceof byte[] bytes) {
      return bytes;
    }
    throw new ConfigurationException(
        "The fallback of "
            + invocation.joinPoint().describe()
            + " gave a "
            + result.getClass().getName()
            + ", and the result of a stream handler is what it writes. Return a byte[].");
  }

  /** The call as the link sees it. Confined to the thread of the call, as the streams are. */
  private static final class Call implements Invocation {

    private final Invocation invocation;
    private final byte[] event;
    private final OutputStream out;
    private boolean ran;

    Call(Invocation invocation, byte[] event, OutputStream out) {
      this.invocation = invocation;
      this.event = event;
      this.out = out;
    }

    @Override
    public JoinPoint joinPoint() {
      return invocation.joinPoint();
    }

    @Override
    public @Nullable Object target() {
      return invocation.target();
    }

    @Override
    public int argumentCount() {
      return invocation.argumentCount();
    }

    @Override
    public @Nullable Object argument(int index) {
      return index == IN ? event : invocation.argument(index);
    }

    @Override
    public @Nullable Object[] arguments() {
      @Nullable Object[] arguments = invocation.arguments();
      arguments[IN] = event;
      return arguments;
    }

    @Override
    public FunctionInvocation function() {
      return invocation.function();
    }

    @Override
    public @Nullable Object proceed() throws Throwable {
      return proceed(invocation.arguments());
    }

    @Override
    public @Nullable Object proceed(@Nullable Object[] arguments) throws Throwable {
      ran = true;
      Captured captured = new Captured(out);
      @Nullable Object[] streams = arguments.clone();
      streams[IN] = new ByteArrayInputStream(event);
      streams[OUT] = captured;
      invocation.proceed(streams);
      return captured.bytes.toByteArray();
    }
  }

  /** Keeps what passes. */
  private static final class Captured extends FilterOutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Captured(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      bytes.write(one);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
      out.write(some, offset, length);
      bytes.write(some, offset, length);
    }
  }
}
