package org.btrdb.client.grpc.v4;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.call.CallTarget;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.proto.grpcinterface.KeyOptValue;
import org.btrdb.proto.grpcinterface.KeyValue;
import org.btrdb.proto.grpcinterface.OptValue;

/** Tags, annotations and descriptors between the 4.x messages, whose values are bytes, and text. */
final class StreamMetadata {

  private StreamMetadata() {}

  static StreamDescriptor of(org.btrdb.proto.grpcinterface.StreamDescriptor message) {
    UUID uuid = uuid(message);
    return new StreamDescriptor(
        uuid,
        message.getCollection(),
        map(uuid, message.getTagsList()),
        map(uuid, message.getAnnotationsList()),
        message.getAnnotationVersion());
  }

  /** 4.x servers let streams be created under any bytes; nothing can be asked of such a stream. */
  private static UUID uuid(org.btrdb.proto.grpcinterface.StreamDescriptor message) {
    try {
      return UuidBytes.parse(message.getUuid());
    } catch (BtrdbException e) {
      throw new BtrdbException(
          ErrorCode.PROTOCOL_VIOLATION,
          "a stream of collection '" + message.getCollection() + "': " + e.getMessage(),
          e);
    }
  }

  private static Map<String, String> map(UUID stream, List<KeyValue> pairs) {
    Map<String, String> map = new TreeMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), text(stream, pair)));
    return map;
  }

  /** Refuses bytes that are no text: replaced characters would be another value. */
  private static String text(UUID stream, KeyValue pair) {
    ByteBuffer bytes = pair.getValue().asReadOnlyByteBuffer();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw new BtrdbException(
          ErrorCode.PROTOCOL_VIOLATION,
          CallTarget.subject(stream) + ": the value of '" + pair.getKey() + "' is no UTF-8 text",
          e);
    }
  }

  static List<KeyValue> pairs(Map<String, String> map) {
    return map.entrySet().stream()
        .map(
            e ->
                KeyValue.newBuilder()
                    .setKey(e.getKey())
                    .setValue(ByteString.copyFromUtf8(e.getValue()))
                    .build())
        .toList();
  }

  /** Search conditions, in which a missing value means any. */
  static List<KeyOptValue> conditions(Map<String, Optional<String>> map) {
    return map.entrySet().stream()
        .map(e -> e.getValue().map(v -> set(e.getKey(), v)).orElseGet(() -> unset(e.getKey())))
        .toList();
  }

  static KeyOptValue set(String key, String value) {
    return KeyOptValue.newBuilder()
        .setKey(key)
        .setVal(OptValue.newBuilder().setValue(ByteString.copyFromUtf8(value)))
        .build();
  }

  static KeyOptValue unset(String key) {
    return KeyOptValue.newBuilder().setKey(key).build();
  }
}
