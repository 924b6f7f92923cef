// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.http;

import dev.powertools.core.PowertoolsException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on 127.0.0.1 and nowhere else, a daemon thread a connection.
 *
 * <p>Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  private static final int LINGER_MILLIS = 200;
  private static final int LINGER_BYTES = 64 * 1024 * 1024;

  private final String name;
  private final HttpLimits limits;
  private final HttpHandler handler;
  private final ServerSocket socket;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private HttpServer(String name, ServerSocket socket, HttpLimits limits, HttpHandler handler) {
    this.name = name;
    this.socket = socket;
    this.limits = limits;
    this.handler = handler;
  }

  /**
   * Listens.
   *
   * @param name what listens, for messages
   * @param port 0 for any free port
   * @throws PowertoolsException naming the port if it is taken
   */
  public static HttpServer start(String name, int port, HttpLimits limits, HttpHandler handler) {
    HttpServer server = new HttpServer(name, listen(name, port), limits, handler);
    server.daemon("accept", server::accept);
    return server;
  }

  /** The port that it listens on. */
  public int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    closeQuietly(socket);
    connections.forEach(HttpServer::closeQuietly);
  }

  private static ServerSocket listen(String name, int port) {
    try {
      // Closed on failure to bind by the constructor, afterwards by close().
      return new ServerSocket(port, 200, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new PowertoolsException(
          name
              + " can't listen on 127.0.0.1:"
              + port
              + " ("
              + e.getMessage()
              + "): end what holds the port, choose another one, or 0 for any free one",
          e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connections.add(connection);
        daemon("" + connection.getPort(), () -> serve(connection));
      } catch (IOException closed) {
        // The loop's condition tells a closed server from a connection that failed.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedInputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      if (connections.size() > limits.connections()) {
        handler.refuse(503, "over " + limits.connections() + " connections").write(out, false);
        return;
      }
      while (serveOne(in, out)) {
        // One request after the other, as keep-alive has it.
      }
      linger(connection, in);
    } catch (IOException gone) {
      // The peer ended: there is nobody left to tell.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  private boolean serveOne(InputStream in, OutputStream out)
      throws IOException, InterruptedException {
    HttpRequest request;
    try {
      request = HttpRequest.read(in, out, limits);
    } catch (HttpRefusal refusal) {
      handler.refuse(refusal.status(), refusal.reason()).write(out, false);
      return false;
    }
    if (request == null) {
      return false;
    }
    boolean last = request.lastOfConnection();
    HttpResponse response = handler.handle(request);
    if (last) {
      response.header("Connection", "close");
    }
    response.write(out, request.method().equals("HEAD"));
    return !last;
  }

  /**
   * Reads on for a moment what the peer still sends: closing with unread bytes would reset the
   * connection, and the peer would never see why it was refused.
   */
  private static void linger(Socket connection, InputStream in) throws IOException {
    connection.shutdownOutput();
    connection.setSoTimeout(LINGER_MILLIS);
    byte[] ignored = new byte[64 * 1024];
    try {
      int read = 0;
      for (int n = in.read(ignored); n >= 0 && read < LINGER_BYTES; n = in.read(ignored)) {
        read += n;
      }
    } catch (SocketTimeoutException silent) {
      // It waits for us to close.
    }
  }

  private void daemon(String what, Runnable task) {
    Thread thread = new Thread(task, name + " " + port() + " " + what);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Closing is all that we wanted of it.
    }
  }
}
