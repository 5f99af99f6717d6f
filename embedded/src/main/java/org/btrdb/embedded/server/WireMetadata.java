package org.btrdb.embedded.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.embedded.meta.RefusedName;
import org.btrdb.proto.v5api.KeyOptValue;
import org.btrdb.proto.v5api.OptValue;
import org.btrdb.proto.v5api.StreamDescriptor;

/** Tags, annotations and descriptors between the model and the 5.x messages. */
final class WireMetadata {
  private WireMetadata() {}

  /** A descriptor, with all tags that there are: clients expect those that are not set as empty. */
  static StreamDescriptor of(org.btrdb.client.model.StreamDescriptor stream) {
    Map<String, String> tags = new TreeMap<>(stream.tags());
    org.btrdb.client.model.StreamDescriptor.TAGS.forEach(tag -> tags.putIfAbsent(tag, ""));
    StreamDescriptor.Builder message =
        StreamDescriptor.newBuilder()
            .setUuid(UuidBytes.of(stream.uuid()))
            .setCollection(stream.collection())
            .setPropertyVersion(stream.propertyVersion());
    tags.forEach((key, value) -> message.addTags(pair(key, value)));
    new TreeMap<>(stream.annotations())
        .forEach((key, value) -> message.addAnnotations(pair(key, value)));
    return message.build();
  }

  private static KeyOptValue pair(String key, String value) {
    return KeyOptValue.newBuilder()
        .setKey(key)
        .setVal(OptValue.newBuilder().setValue(value))
        .build();
  }

  /** Keys and values to store, no key twice; a missing value is an empty one. */
  static Map<String, String> map(List<KeyOptValue> pairs) {
    Map<String, String> map = new HashMap<>();
    for (KeyOptValue pair : pairs) {
      if (map.put(pair.getKey(), pair.getVal().getValue()) != null) {
        throw RefusedName.key(twice(pair));
      }
    }
    return map;
  }

  /** Conditions of a search, one for each key; a missing value means any. */
  static Map<String, Optional<String>> conditions(List<KeyOptValue> pairs) {
    Map<String, Optional<String>> map = new HashMap<>();
    for (KeyOptValue pair : pairs) {
      Optional<String> value =
          pair.hasVal() ? Optional.of(pair.getVal().getValue()) : Optional.empty();
      if (map.put(pair.getKey(), value) != null) {
        throw new BtrdbException(ErrorCode.INVALID_ARGUMENT, twice(pair));
      }
    }
    return map;
  }

  /** Which of the two is meant nobody can tell. */
  private static String twice(KeyOptValue pair) {
    String key = pair.getKey();
    int end = Math.min(key.length(), 63);
    return "key '" + key.substring(0, end) + "' is given twice";
  }
}
