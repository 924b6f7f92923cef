// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import dev.powertools.core.PowertoolsException;
import dev.powertools.core.config.Config;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Asks the process that forked this one whether a point may be passed. */
final class RemotePoints {
  /** The environment variable that names the parent's port; set only if it watches points. */
  static final String VARIABLE = "POWERTOOLS_LOCAL_POINTS";

  /** The variables of a process don't change, so this is looked up once. */
  private static final @Nullable String PORT = Config.environment().variable(VARIABLE).orElse(null);

  private RemotePoints() {}

  /** Returns when the function may go on; at once where nobody watches. */
  static void reach(String point) {
    if (PORT != null) {
      ask(Integer.parseInt(PORT), point);
    }
  }

  private static void ask(int port, String point) {
    try (Socket socket = new Socket(PointGate.loopback(), port)) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeLong(ProcessHandle.current().pid());
      out.writeUTF(point);
      out.flush();
      new DataInputStream(socket.getInputStream()).readBoolean();
    } catch (IOException e) {
      throw new PowertoolsException(
          "The process that watches the point '" + point + "' is gone: this one must not go on", e);
    }
  }
}
