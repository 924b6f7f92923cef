// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.sim;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.powertools.local.VirtualClock;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.elasticmq.util.NowProvider;
import scala.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** ElasticMQ on a virtual clock, which must start ahead of the wall clock. */
final class SqsElasticMq implements AutoCloseable {

  private static final String SETTINGS =
      "pekko.daemonic = on\npekko.loglevel = \"OFF\"\npekko.stdout-loglevel = \"OFF\"\n"
          + "pekko.jvm-shutdown-hooks = off\npekko.log-dead-letters = off";

  private final ActorSystem actors;
  private final SQSRestServer server;
  private final SqsClient client;

  private SqsElasticMq(VirtualClock clock) {
    ClassLoader loader = SqsElasticMq.class.getClassLoader();
    Config config = ConfigFactory.parseString(SETTINGS).withFallback(ConfigFactory.load(loader));
    actors = ActorSystem.create("compared", config, loader);
    Props manager =
        Props.create(
            QueueManagerActor.class,
            () ->
                new QueueManagerActor(
                    new VirtualNow(clock), StrictSQSLimits$.MODULE$, Option.<ActorRef>empty()));
    server =
        SQSRestServerBuilder.withActorSystem(actors)
            .withQueueManagerActor(actors.actorOf(manager))
            .withInterface("127.0.0.1")
            .withDynamicPort()
            .start();
    int port = server.waitUntilStarted().localAddress().getPort();
    client =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  static SqsElasticMq start(VirtualClock clock) {
    return new SqsElasticMq(clock);
  }

  SqsClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
    actors.terminate();
  }

  private static final class VirtualNow extends NowProvider {
    private final VirtualClock clock;

    VirtualNow(VirtualClock clock) {
      this.clock = clock;
    }

    @Override
    public long nowMillis() {
      return clock.now().toEpochMilli();
    }

    @Override
    public OffsetDateTime now() {
      return clock.now().atOffset(ZoneOffset.UTC);
    }
  }
}
