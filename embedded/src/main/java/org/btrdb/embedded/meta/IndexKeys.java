package org.btrdb.embedded.meta;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.model.StreamDescriptor;

/** The keys of the indexes, made so that each search is a range of one of them. */
final class IndexKeys {
  private static final byte SEPARATOR = 0;

  private IndexKeys() {}

  static byte[] uuid(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** {@code collection NUL name NUL unit NUL ingress NUL distiller}. */
  static byte[] identity(String collection, Map<String, String> tags) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(Names.collectionBytes(collection));
    for (String tag : Names.TAGS) {
      key.write(SEPARATOR);
      key.writeBytes(Names.valueBytes(tag, tags.getOrDefault(tag, "")));
    }
    return key.toByteArray();
  }

  /** What the identities of a collection, or of a prefix of characters, begin with. */
  static byte[] collection(String collection, boolean isPrefix) {
    byte[] name = Names.collectionBytes(collection);
    return isPrefix ? name : Arrays.copyOf(name, name.length + 1);
  }

  /** What the identities of a name in a collection begin with. */
  static byte[] name(String collection, String name) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(collection(collection, false));
    key.writeBytes(Names.valueBytes(StreamDescriptor.NAME, name));
    key.write(SEPARATOR);
    return key.toByteArray();
  }

  /** For each tag that is set: its number, {@code value NUL collection NUL}, stream number. */
  static List<byte[]> tags(StreamDescriptor stream, long id) {
    List<byte[]> keys = new ArrayList<>();
    for (String tag : Names.TAGS) {
      String value = stream.tags().getOrDefault(tag, "");
      if (!value.isEmpty()) {
        byte[] range = tag(tag, value, stream.collection(), false);
        keys.add(ByteBuffer.allocate(range.length + Long.BYTES).put(range).putLong(id).array());
      }
    }
    return keys;
  }

  /** What the keys of a tag's value in a collection, or under a prefix, begin with. */
  static byte[] tag(String tag, String value, String collection, boolean isPrefix) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.write(Names.TAGS.indexOf(tag));
    key.writeBytes(Names.valueBytes(tag, value));
    key.write(SEPARATOR);
    key.writeBytes(collection(collection, isPrefix));
    return key.toByteArray();
  }

  /** An identity after all those of a collection and before those of the next. */
  static byte[] pastCollection(String collection) {
    byte[] key = collection(collection, false);
    key[key.length - 1] = SEPARATOR + 1;
    return key;
  }

  /** The collection of an identity. */
  static String collectionOf(byte[] identity) {
    int length = 0;
    while (identity[length] != SEPARATOR) {
      length++;
    }
    return new String(identity, 0, length, StandardCharsets.UTF_8);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
