// SPDX-License-Identifier: Apache-2.0
package dev.powertools.local;

import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.DeserializationContext;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ObjectMapper;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.deser.DeserializerCache;
import com.amazonaws.lambda.thirdparty.com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.lang.invoke.MethodHandles;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the runtime client remembers of the types that it has read and written, in static fields: in
 * production for the life of a process, here for that of a class loader that may have ended.
 */
final class RuntimeClientCaches {
  private RuntimeClientCaches() {}

  /** Forgets all types, so that classes of ended environments can be collected. */
  static void forget() {
    ObjectMapper mapper = JacksonFactory.getInstance().getMapper();
    mapper.getTypeFactory().clearCache();
    if (mapper.getSerializerProvider() instanceof DefaultSerializerProvider serializers) {
      serializers.flushCachedSerializers();
    }
    try {
      forgetDeserializers(mapper);
    } catch (ReflectiveOperationException e) {
      // Another version of the client: old classes stay in memory, and nothing else is wrong.
    }
  }

  private static void forgetDeserializers(ObjectMapper mapper) throws ReflectiveOperationException {
    MethodHandles.Lookup own = MethodHandles.lookup();
    DeserializerCache cache =
        (DeserializerCache)
            MethodHandles.privateLookupIn(DeserializationContext.class, own)
                .findVarHandle(DeserializationContext.class, "_cache", DeserializerCache.class)
                .get(mapper.getDeserializationContext());
    cache.flushCachedDeserializers();
    ConcurrentHashMap<?, ?> roots =
        (ConcurrentHashMap<?, ?>)
            MethodHandles.privateLookupIn(ObjectMapper.class, own)
                .findVarHandle(ObjectMapper.class, "_rootDeserializers", ConcurrentHashMap.class)
                .get(mapper);
    roots.clear();
  }
}
