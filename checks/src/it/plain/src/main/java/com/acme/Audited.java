// SPDX-License-Identifier: Apache-2.0
package com.acme;

import dev.powertools.core.chain.Intercepted;
import dev.powertools.core.chain.Phase;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

@Intercepted(by = AuditFactory.class, phase = Phase.METRIC)
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {}
