// SPDX-License-Identifier: Apache-2.0
package dev.powertools.tenancy.source;

import dev.powertools.core.FunctionRuntime;
import dev.powertools.core.config.Config;
import dev.powertools.core.config.DurationText;
import dev.powertools.tenancy.envelope.EnvelopeKeys;
import dev.powertools.tenancy.envelope.EnvelopeSource;
import dev.powertools.tenancy.spi.TenantSource;
import dev.powertools.tenancy.spi.TenantSourceFactory;
import java.util.ArrayList;
import java.util.List;

/** What the annotations mean. */
final class Factories {

  private Factories() {}

  private static String[] replaced(String[] texts, Config config) {
    List<String> all = new ArrayList<>();
    for (String text : texts) {
      for (String part : Variables.replaced(text, config).split(",", -1)) {
        all.add(part.strip());
      }
    }
    return all.toArray(new String[0]);
  }

  static final class Jwt extends TenantSourceFactory<FromJwt> {
    @Override
    public TenantSource source(FromJwt from, FunctionRuntime runtime) {
      return TenantSources.jwt(from.claim(), Variables.replaced(from.issuer(), runtime.config()));
    }
  }

  static final class Authorizer extends TenantSourceFactory<FromAuthorizer> {
    @Override
    public TenantSource source(FromAuthorizer from, FunctionRuntime runtime) {
      return TenantSources.authorizer(from.key());
    }
  }

  static final class Iam extends TenantSourceFactory<FromIam> {
    @Override
    public TenantSource source(FromIam from, FunctionRuntime runtime) {
      return TenantSources.iam(Variables.replaced(from.role(), runtime.config()));
    }
  }

  static final class Connection extends TenantSourceFactory<FromConnection> {
    @Override
    public TenantSource source(FromConnection from, FunctionRuntime runtime) {
      return TenantSources.connection();
    }
  }

  static final class SourceArn extends TenantSourceFactory<FromSourceArn> {
    @Override
    public TenantSource source(FromSourceArn from, FunctionRuntime runtime) {
      return TenantSources.sourceArn(ArnTenants.parse(replaced(from.value(), runtime.config())));
    }
  }

  static final class EventBridge extends TenantSourceFactory<FromEventBridge> {
    @Override
    public TenantSource source(FromEventBridge from, FunctionRuntime runtime) {
      return TenantSources.eventBridge(
          List.of(replaced(from.source(), runtime.config())),
          List.of(replaced(from.account(), runtime.config())),
          from.pointer());
    }
  }

  static final class Envelope extends TenantSourceFactory<FromEnvelope> {
    @Override
    public TenantSource source(FromEnvelope from, FunctionRuntime runtime) {
      EnvelopeKeys.in(runtime); // so that bad keys fail while the function starts
      EnvelopeSource source = EnvelopeSource.accepting(replaced(from.accept(), runtime.config()));
      return from.maxAge().isEmpty()
          ? source.source()
          : source.maxAge(DurationText.parse(from.maxAge())).source();
    }
  }

  static final class TableKey extends TenantSourceFactory<FromTableKey> {
    @Override
    public TenantSource source(FromTableKey from, FunctionRuntime runtime) {
      return TenantSources.tableKey(
          Variables.replaced(from.table(), runtime.config()), from.key(), from.format());
    }
  }

  static final class ObjectKey extends TenantSourceFactory<FromObjectKey> {
    @Override
    public TenantSource source(FromObjectKey from, FunctionRuntime runtime) {
      return TenantSources.objectKey(
          List.of(replaced(from.bucket(), runtime.config())), from.format());
    }
  }

  static final class Path extends TenantSourceFactory<ConfirmedByPath> {
    @Override
    public TenantSource source(ConfirmedByPath by, FunctionRuntime runtime) {
      return TenantSources.confirmedByPath(by.value());
    }
  }

  static final class Header extends TenantSourceFactory<ConfirmedByHeader> {
    @Override
    public TenantSource source(ConfirmedByHeader by, FunctionRuntime runtime) {
      return TenantSources.confirmedByHeader(by.value());
    }
  }

  static final class Payload extends TenantSourceFactory<ConfirmedByPayload> {
    @Override
    public TenantSource source(ConfirmedByPayload by, FunctionRuntime runtime) {
      return TenantSources.confirmedByPayload(by.value());
    }
  }

  static final class Sender extends TenantSourceFactory<ConfirmedBySender> {
    @Override
    public TenantSource source(ConfirmedBySender by, FunctionRuntime runtime) {
      return TenantSources.confirmedBySender(by.prefix());
    }
  }
}
