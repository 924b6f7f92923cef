// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.MessageAttribute;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.powertools.core.FunctionHandler;
import dev.powertools.local.event.Events;
import dev.powertools.local.event.HttpEvent;
import dev.powertools.local.sim.SimulatedMessage;
import dev.powertools.local.sqs.LocalQueue;
import dev.powertools.local.sqs.LocalQueues;
import dev.powertools.tenancy.TenantIsolated;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.source.FromJwt;
import dev.powertools.testing.FunctionTest;
import dev.powertools.testing.Functions;
import dev.powertools.testing.SqsTestQueue;
import dev.powertools.testing.TestFunction;
import dev.powertools.testing.TestResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** From a request's tenant to that of the job it sends, by a client that signs. */
@FunctionTest
class SignedSendsTest {

  private final TenantJobs jobs = new TenantJobs();

  /** Sends two jobs of the caller's tenant. */
  static final class Orders extends FunctionHandler<Map<String, Object>, Map<String, Object>> {

    private final SigningSender sender = new SigningSender();
    private final String queueUrl;

    Orders(String queueUrl) {
      this.queueUrl = queueUrl;
    }

    @Override
    @TenantIsolated
    @FromJwt(claim = "tenant")
    protected Map<String, Object> handle(Map<String, Object> event, Context context) {
      sender.send(queueUrl, "{\"name\":\"one\"}");
      sender.sendBatch(queueUrl, "{\"name\":\"batched\"}");
      return Map.of("statusCode", 202);
    }
  }

  /** Sends from a thread that nobody handed the tenant to. */
  static final class Careless implements RequestHandler<Map<String, Object>, String> {

    private final SigningSender sender = new SigningSender();
    private final String queueUrl;

    Careless(String queueUrl) {
      this.queueUrl = queueUrl;
    }

    @Override
    @TenantIsolated
    @FromJwt(claim = "tenant")
    public String handleRequest(Map<String, Object> event, Context context) {
      CompletableFuture.runAsync(() -> sender.send(queueUrl, "{\"name\":\"lost\"}")).join();
      return "sent";
    }
  }

  private static HttpEvent request(String tenant) {
    return Events.apiGatewayV2("POST", "/orders").claims(Map.of("tenant", tenant));
  }

  @Test
  void the_keys_of_the_guide_can_be_made() {
    String keys = "k1:" + Base64.getEncoder().encodeToString(new byte[32]);
    EnvelopeKeys loaded =
        SigningSender.keysOf(() -> keys).runtime().part(EnvelopeKeys.class).orElseThrow();

    assertThat(loaded.current().id()).isEqualTo("k1");
  }

  private static Functions sendingTo(Functions functions, SqsTestQueue queue) {
    functions.aws().serve("sqs", queue.queues());
    return functions.environment("JOBS_URL", queue.queues().queue("jobs").url());
  }

  @Test
  void a_job_runs_for_the_tenant_whose_request_sent_it(Functions functions) {
    SqsTestQueue queue =
        functions.with(TenantJobs.class, jobs).sqs("jobs", BaseClassTenantJobs.class).start();
    String url = queue.queues().queue("jobs").url();
    TestFunction orders = sendingTo(functions, queue).function(Orders.class, () -> new Orders(url));

    TestResponse acme = orders.invoke(request("acme"));
    TestResponse globex = orders.invoke(request("globex"));
    assertThat(queue.source())
        .extracting(SimulatedMessage::groupId)
        .extracting(group -> group.orElse(""))
        .containsExactly("acme", "acme", "globex", "globex");
    queue.drain();

    assertThat(acme.error()).isEmpty();
    assertThat(globex.error()).isEmpty();
    assertThat(jobs.done())
        .containsExactlyInAnyOrder("acme one", "acme batched", "globex one", "globex batched");
  }

  @Test
  void a_thread_without_the_tenant_sends_nothing(Functions functions) {
    SqsTestQueue queue =
        functions.with(TenantJobs.class, jobs).sqs("jobs", BaseClassTenantJobs.class).start();
    String url = queue.queues().queue("jobs").url();

    TestResponse response =
        sendingTo(functions, queue)
            .function(Careless.class, () -> new Careless(url))
            .invoke(request("acme"));

    assertThat(response.error())
        .hasValueSatisfying(error -> assertThat(error.toString()).contains("NoTenantException"));
    assertThat(queue.source()).isEmpty();
  }

  @Test
  @Tag("heavy")
  void a_real_queue_gives_back_what_was_signed(Functions functions) {
    try (LocalQueues real = LocalQueues.start()) {
      LocalQueue queue = real.createQueue("jobs");
      functions.aws().endpoint("sqs", real.endpoint());
      functions.environment("JOBS_URL", queue.url()).with(TenantJobs.class, jobs);
      TestResponse sent =
          functions.function(Orders.class, () -> new Orders(queue.url())).invoke(request("acme"));
      assertThat(sent.error()).isEmpty();

      SQSEvent event = received(real.client(), queue);
      TestResponse done = functions.function(BaseClassTenantJobs.class).invoke(event);

      assertThat(done.text()).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(jobs.done()).containsExactlyInAnyOrder("acme one", "acme batched");
      assertThat(event.getRecords())
          .allSatisfy(m -> assertThat(m.getAttributes()).containsEntry("MessageGroupId", "acme"));
    }
  }

  /** What the event source mapping would make of the messages. */
  private static SQSEvent received(SqsClient sqs, LocalQueue queue) {
    List<SQSMessage> records = new ArrayList<>();
    while (records.size() < 2) {
      for (Message each :
          sqs.receiveMessage(
                  r ->
                      r.queueUrl(queue.url())
                          .maxNumberOfMessages(10)
                          .waitTimeSeconds(5)
                          .messageAttributeNames("All")
                          .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
              .messages()) {
        records.add(record(each, queue));
      }
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(records);
    return event;
  }

  private static SQSMessage record(Message message, LocalQueue queue) {
    Map<String, MessageAttribute> attributes = new HashMap<>();
    message
        .messageAttributes()
        .forEach(
            (name, value) -> {
              MessageAttribute attribute = new MessageAttribute();
              attribute.setDataType(value.dataType());
              attribute.setStringValue(value.stringValue());
              attributes.put(name, attribute);
            });
    SQSMessage record = new SQSMessage();
    record.setMessageId(message.messageId());
    record.setReceiptHandle(message.receiptHandle());
    record.setBody(message.body());
    record.setAttributes(message.attributesAsStrings());
    record.setMessageAttributes(attributes);
    record.setEventSource("aws:sqs");
    record.setEventSourceArn(queue.arn());
    return record;
  }
}
