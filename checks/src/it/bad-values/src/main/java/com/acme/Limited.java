// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import dev.powertools.core.chain.TextForm;
import dev.powertools.core.chain.ValueForm;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Intercepted(by = LimitFactory.class, phase = Phase.LIMIT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Limited {

  @ValueForm(TextForm.DURATION)
  String per();

  @ValueForm(TextForm.POINTER)
  String key();
}
