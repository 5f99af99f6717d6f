package org.btrdb.client.grpc.v5;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.proto.v5api.KeyOptValue;
import org.btrdb.proto.v5api.OptValue;

/** Tags, annotations and descriptors between the 5.x messages and the model. */
final class StreamMetadata {

  private StreamMetadata() {}

  static StreamDescriptor of(org.btrdb.proto.v5api.StreamDescriptor message) {
    return new StreamDescriptor(
        UuidBytes.parse(message.getUuid()),
        message.getCollection(),
        map(message.getTagsList()),
        map(message.getAnnotationsList()),
        message.getPropertyVersion());
  }

  /** A value that is null on the server reads as empty, as in the Python client. */
  private static Map<String, String> map(List<KeyOptValue> pairs) {
    Map<String, String> map = new TreeMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), pair.getVal().getValue()));
    return map;
  }

  static List<KeyOptValue> pairs(Map<String, String> map) {
    return map.entrySet().stream().map(e -> pair(e.getKey(), Optional.of(e.getValue()))).toList();
  }

  /** Search conditions, in which a missing value means any. */
  static List<KeyOptValue> conditions(Map<String, Optional<String>> map) {
    return map.entrySet().stream().map(e -> pair(e.getKey(), e.getValue())).toList();
  }

  private static KeyOptValue pair(String key, Optional<String> value) {
    KeyOptValue.Builder pair = KeyOptValue.newBuilder().setKey(key);
    value.ifPresent(v -> pair.setVal(OptValue.newBuilder().setValue(v)));
    return pair.build();
  }
}
