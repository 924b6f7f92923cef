// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the processes of a function ask whether they may pass a point. Each passing is one
 * connection to a loopback port; the process waits for the answer, so one that is to die at a point
 * is killed there and never a statement later: it gets no answer.
 *
 * <p>Thread-safe; its threads are daemons.
 */
final class PointGate implements AutoCloseable {
  private final ServerSocket socket;
  private final List<PointHold> holds = new CopyOnWriteArrayList<>();
  private final List<String> reached = new CopyOnWriteArrayList<>();
  private final Map<Long, FunctionProcess> processes = new ConcurrentHashMap<>();

  private PointGate(ServerSocket socket) {
    this.socket = socket;
  }

  static PointGate open() {
    try {
      PointGate gate = new PointGate(new ServerSocket(0, 50, loopback()));
      daemon(gate, gate::accept);
      return gate;
    } catch (IOException e) {
      throw new PowertoolsException("Can't listen on a loopback port for points", e);
    }
  }

  /** What {@link RemotePoints#VARIABLE} is set to. */
  String port() {
    return "" + socket.getLocalPort();
  }

  /** Knows a process that may come here; others can't be killed through this port. */
  void watch(long pid, FunctionProcess process) {
    processes.put(pid, process);
  }

  PointHold hold(String point, int occurrence) {
    PointHold hold = new PointHold(point, occurrence, this);
    holds.add(hold);
    return hold;
  }

  List<String> reachedSoFar() {
    return List.copyOf(reached);
  }

  @Override
  public void close() {
    holds.forEach(PointHold::release);
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone, which is all that was wanted of it.
    }
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        daemon(this, () -> answer(connection));
      } catch (IOException closed) {
        // The loop's condition tells a closed gate from a connection that failed.
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      FunctionProcess process = processes.get(in.readLong());
      String point = in.readUTF();
      reached.add(point);
      for (PointHold hold : holds) {
        if (process != null && hold.takes(point) && hold.holdUntilDecided()) {
          process.killAndWait();
          hold.died();
          return;
        }
      }
      new DataOutputStream(connection.getOutputStream()).writeBoolean(true);
    } catch (IOException gone) {
      // The process ended while it stood here.
    }
  }

  private static void daemon(PointGate gate, Runnable task) {
    Thread thread = new Thread(task, "points-" + gate.port());
    thread.setDaemon(true);
    thread.start();
  }
}
