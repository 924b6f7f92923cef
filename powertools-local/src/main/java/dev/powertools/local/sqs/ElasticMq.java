// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sqs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.powertools.core.PowertoolsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/** The one class that knows ElasticMQ, its Scala and its actors. */
final class ElasticMq implements AutoCloseable {

  /**
   * Daemon threads, since a queue must not keep a JVM alive; no shutdown hook, since {@link #close}
   * ends it; warnings only, since its debug level logs each request twice.
   */
  private static final String SETTINGS =
      """
      pekko.daemonic = on
      pekko.jvm-shutdown-hooks = off
      pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
      pekko.loglevel = "WARNING"
      pekko.stdout-loglevel = "OFF"
      pekko.log-dead-letters = off
      pekko.http.server.parsing.illegal-header-warnings = off
      """;

  private final ActorSystem actors;
  private final SQSRestServer server;
  private final URI endpoint;

  private ElasticMq(ActorSystem actors, SQSRestServer server, URI endpoint) {
    this.actors = actors;
    this.server = server;
    this.endpoint = endpoint;
  }

  static ElasticMq start(int port, String region) {
    refuseTaken(port);
    QuietLogs.ofElasticMq();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Pekko and its configuration look for classes and resources by the thread's class loader.
    thread.setContextClassLoader(ElasticMq.class.getClassLoader());
    try {
      return startHere(port, region);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    server.stopAndWait();
    actors.terminate();
    try {
      actors.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new PowertoolsException("ElasticMQ didn't end within 10 s", e);
    }
  }

  private static ElasticMq startHere(int port, String region) {
    ClassLoader loader = ElasticMq.class.getClassLoader();
    Config config = ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load(loader));
    ActorSystem actors = ActorSystem.create("powertools-local", config, loader);
    SQSRestServer server =
        SQSRestServerBuilder.withActorSystem(actors)
            .withInterface("127.0.0.1")
            .withPort(port)
            .withAWSRegion(region)
            .start();
    int bound = server.waitUntilStarted().localAddress().getPort();
    return new ElasticMq(actors, server, URI.create("http://127.0.0.1:" + bound));
  }

  /** ElasticMQ waits a minute for a port that it won't get. */
  private static void refuseTaken(int port) {
    if (port == 0) {
      return;
    }
    try {
      new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})).close();
    } catch (IOException e) {
      throw new PowertoolsException(
          "The queues can't listen on 127.0.0.1:"
              + port
              + " ("
              + e.getMessage()
              + "): end what holds the port, choose another one, or 0 for any free one",
          e);
    }
  }
}
