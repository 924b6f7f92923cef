// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import dev.powertools.core.json.InvalidJsonException;
import dev.powertools.core.json.JsonTree;
import dev.powertools.core.json.JsonTree.Duplicates;
import dev.powertools.tenancy.aws.rules.Members.Part;
import dev.powertools.tenancy.envelope.TenantEnvelope;
import dev.powertools.tenancy.resource.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * What a tenant's clients may ask of EventBridge: to put events on declared buses, each with the
 * tenant in its detail.
 */
final class EventBridgeRules implements ServiceRules {

  /** Operations begin with a capital, parts of requests do not. */
  private static final String REQUESTS =
      """
      PutEvents: each=Entries>entry
      entry: bus=EventBusName detail=Detail | DetailType Resources Source Time TraceHeader
      """;

  private static final String RULE = "detail";
  private static final String TENANT = "tenantId";
  private static final String DEFAULT_BUS = "default";

  private final Shapes requests = new Shapes(REQUESTS);
  private final List<ResourceName> buses;

  EventBridgeRules(List<ResourceName> buses) {
    this.buses = buses;
  }

  @Override
  public SdkRequest complete(Asked asked) {
    Members request = asked.request(requests);
    List<Object> entries = new ArrayList<>();
    for (Members entry : entries(request, asked)) {
      String detail = entry.text(Role.DETAIL);
      Map<?, ?> members = members(detail, asked);
      if (detail == null || members.containsKey(TENANT)) {
        entries.add(entry.pojo());
      } else {
        requireUnsigned(members, asked);
        Copy copy = Copy.of(entry.pojo());
        String more = with(detail, members.isEmpty(), asked);
        entry.fields(Role.DETAIL).forEach(field -> copy.with(field, more));
        entries.add(copy.build());
      }
    }
    Copy copy = Copy.of(request.pojo());
    request.fields(Role.EACH).forEach(field -> copy.with(field, entries));
    return (SdkRequest) copy.build();
  }

  /** The detail with the tenant, and all else as it was written. */
  private static String with(String detail, boolean empty, Asked asked) {
    int brace = detail.indexOf('{') + 1;
    String member = "\"" + TENANT + "\":\"" + asked.tenant().value() + "\"";
    return detail.substring(0, brace) + member + (empty ? "" : ",") + detail.substring(brace);
  }

  private static void requireUnsigned(Map<?, ?> members, Asked asked) {
    if (members.containsKey(TenantEnvelope.ATTRIBUTE)) {
      throw asked.denied(
          RULE, "the detail is signed and has no tenantId. Put it in before signing", null);
    }
  }

  @Override
  public void check(Asked asked) {
    for (Members entry : entries(asked.request(requests), asked)) {
      requireBus(entry.text(Role.BUS), asked);
      Object tenant = members(entry.text(Role.DETAIL), asked).get(TENANT);
      if (!asked.tenant().value().equals(tenant)) {
        throw asked.denied(
            RULE,
            "detail.tenantId is not the tenant that the client is bound to. Leave it out",
            tenant instanceof String text ? text : null);
      }
    }
  }

  private List<Members> entries(Members request, Asked asked) {
    List<Members> entries = new ArrayList<>();
    for (Part part : request.parts(Role.EACH)) {
      for (Object each : (List<?>) part.value()) {
        entries.add(asked.members(requests.get(part.shape()), each));
      }
    }
    return entries;
  }

  private void requireBus(@Nullable String name, Asked asked) {
    Target target = Target.of(name == null ? DEFAULT_BUS : name, "events", "event-bus/");
    for (ResourceName each : buses) {
      if (target != null && target.is(each, asked)) {
        return;
      }
    }
    throw asked.denied(
        "bus",
        "the bus is not declared for this tenant; without eventBusName it is the one named default."
            + " Declare it by @TenantBus",
        name);
  }

  private static Map<?, ?> members(@Nullable String detail, Asked asked) {
    try {
      if (detail != null && JsonTree.read(detail, Duplicates.REFUSE) instanceof Map<?, ?> members) {
        return members;
      }
    } catch (InvalidJsonException e) {
      // denied below, by a message without any of it
    }
    throw asked.denied(RULE, "the detail is not one JSON object whose keys differ", null);
  }

  @Override
  public void checkWire(Asked asked, SdkHttpRequest wire) {
    JsonWire.check(asked, wire, "AWSEvents.");
  }
}
