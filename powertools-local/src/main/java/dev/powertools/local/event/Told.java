// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local.event;

import java.time.Instant;

/**
 * Something that is told what to be, step by step; each step gives a new one.
 *
 * @param <S> its own type
 */
abstract class Told<S> {

  static final Setting<Instant> AT = new Setting<>();
  static final Setting<String> ACCOUNT = new Setting<>();
  static final Setting<String> REGION = new Setting<>();

  final Settings settings;

  Told(Settings settings) {
    this.settings = settings;
  }

  abstract S with(Settings changed);

  final <T> S with(Setting<T> setting, T value) {
    return with(settings.with(setting, value));
  }

  final Instant at() {
    return settings.or(AT, Defaults.AT);
  }

  final String account() {
    return settings.or(ACCOUNT, Defaults.ACCOUNT);
  }

  final String region() {
    return settings.or(REGION, Defaults.REGION);
  }
}
