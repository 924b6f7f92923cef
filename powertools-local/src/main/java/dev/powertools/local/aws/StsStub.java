// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.aws;

import dev.powertools.core.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * STS in memory: {@code AssumeRole} of any role, with session tags. It gives each session an access
 * key of its own and remembers what that stands for, so that a test can ask in whose name a request
 * was signed:
 *
 * <pre>{@code
 * StsStub sts = StsStub.on(functions.clock());
 * functions.aws().serve("sts", sts);
 * …
 * AwsCall get = functions.aws().requests("dynamodb", "GetItem").get(0);
 * assertThat(sts.signerOf(get).orElseThrow().tags()).containsEntry("TenantId", "acme");
 * }</pre>
 *
 * <p>Names, durations and tags are checked as STS does; transitive tags are kept over role
 * chaining, which can't set them anew. Policies are not evaluated, and no trust policy is there to
 * refuse: have {@link Aws#on} script refusals, throttling and other failures. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">API
 *     reference</a>
 */
public final class StsStub implements AwsService {

  private static final Pattern SIGNED_WITH = Pattern.compile("Credential=([A-Z0-9]+)/");

  private final Timing timing;
  private final List<AssumedRole> calls = new ArrayList<>();
  private final Map<String, AssumedRole> byKey = new HashMap<>();

  private StsStub(Timing timing) {
    this.timing = timing;
  }

  /** An STS whose sessions expire on this time. */
  public static StsStub on(Timing timing) {
    return new StsStub(Objects.requireNonNull(timing));
  }

  /** The sessions that were given out, in order. */
  public synchronized List<AssumedRole> calls() {
    return List.copyOf(calls);
  }

  /** The session that a request was signed in; empty if it was none of these. */
  public Optional<AssumedRole> signerOf(AwsCall call) {
    return Optional.ofNullable(signer(call.request()));
  }

  private synchronized @Nullable AssumedRole signer(AwsRequest request) {
    Matcher signature =
        SIGNED_WITH.matcher(request.http().firstMatchingHeader("Authorization").orElse(""));
    return signature.find() ? byKey.get(signature.group(1)) : null;
  }

  @Override
  public synchronized AwsAnswer answer(AwsRequest request) {
    if (!request.operation().equals("AssumeRole")) {
      String message = request.operation() + " is not one of the operations of this stub";
      return Protocol.QUERY.error(request, new ErrorAnswer(400, "InvalidAction", message));
    }
    try {
      return answer(assume(StsRequest.of(request), signer(request)));
    } catch (StsRequest.Invalid invalid) {
      return Protocol.QUERY.error(request, invalid.error());
    }
  }

  private AssumedRole assume(StsRequest asked, @Nullable AssumedRole caller) {
    Map<String, String> tags = new HashMap<>(asked.tags());
    Set<String> transitive = new HashSet<>(asked.transitiveTagKeys(tags));
    if (caller != null) {
      for (String key : caller.transitiveTagKeys()) {
        StsRequest.require(!tags.containsKey(key), key, "is set by the calling session: tags", key);
        tags.put(key, Objects.requireNonNull(caller.tags().get(key)));
        transitive.add(key);
      }
    }
    Duration duration = asked.duration(caller != null);
    Instant expiration = timing.now().plus(duration);
    AssumedRole role =
        new AssumedRole(
            "ASIA%016d".formatted(calls.size() + 1),
            asked.roleArn(),
            asked.sessionName(),
            tags,
            transitive,
            asked.parameter("Policy"),
            duration,
            expiration);
    calls.add(role);
    byKey.put(role.accessKeyId(), role);
    return role;
  }

  private static AwsAnswer answer(AssumedRole role) {
    String key = role.accessKeyId();
    Xml xml = new Xml("AssumeRoleResponse").begin("AssumeRoleResult").begin("Credentials");
    xml.text("AccessKeyId", key).text("SecretAccessKey", "the-secret-of-" + key);
    xml.text("SessionToken", "the-token-of-" + key).text("Expiration", role.expiration()).end();
    String arn =
        role.roleArn().replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")
            + "/"
            + role.sessionName();
    xml.begin("AssumedRoleUser").text("AssumedRoleId", "AROA:" + role.sessionName());
    xml.text("Arn", arn).end().text("PackedPolicySize", role.tags().size());
    return Protocol.QUERY.text(200, new String(xml.toBytes(), StandardCharsets.UTF_8));
  }
}
