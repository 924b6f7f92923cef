// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.aws.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The object that a copy reads.
 *
 * @param bucket where it is
 * @param key its key, decoded
 * @param version its version, if one is named
 */
record CopySource(String bucket, String key, @Nullable String version) {

  private static final String RULE = "source";
  private static final Pattern FORM =
      Pattern.compile("/?([^?+]*)(?:\\?versionId=([A-Za-z0-9._-]+))?");

  /** The source that a request names, in the one way or the other. */
  static CopySource of(Members request, Asked asked) {
    String text = request.text(Role.COPY_SOURCE);
    String bucket = request.text(Role.SOURCE_BUCKET);
    String key = request.text(Role.SOURCE_KEY);
    if (text != null) {
      if (bucket != null || key != null || request.text(Role.SOURCE_VERSION) != null) {
        throw asked.denied(RULE, "the source is said twice. Leave out copySource", null);
      }
      return read(text, asked);
    }
    if (bucket == null || key == null) {
      throw asked.denied(RULE, "there is no sourceBucket or no sourceKey", null);
    }
    return new CopySource(bucket, key, request.text(Role.SOURCE_VERSION));
  }

  /** Reads {@code bucket/key?versionId=…}, percent-encoded, as S3 does: decoded once. */
  static CopySource read(String text, Asked asked) {
    Matcher form = FORM.matcher(text);
    String path = form.matches() ? Percent.decoded(form.group(1)) : null;
    int slash = path == null ? -1 : path.indexOf('/');
    if (path == null || slash < 1) {
      throw asked.denied(
          RULE,
          "copySource is not bucket/key, percent-encoded (a space as %20, + as %2B). Use"
              + " sourceBucket and sourceKey",
          null);
    }
    return new CopySource(path.substring(0, slash), path.substring(slash + 1), form.group(2));
  }
}
