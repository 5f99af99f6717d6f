package org.btrdb.embedded.meta;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.embedded.meta.RefusedName.Kind;

/** The rules for names, and their bytes (reference 1.2 to 1.4). */
final class Names {
  /** The tags that exist, in the order in which they make a stream's identity. */
  static final List<String> TAGS = List.of("name", "unit", "ingress", "distiller");

  /** The tags, those first that usually leave the fewest streams. */
  static final List<String> SELECTIVE_FIRST = List.of("name", "distiller", "ingress", "unit");

  private static final int MAX_COLLECTION_BYTES = 255;
  private static final int MAX_VALUE_CHARACTERS = 255;

  /** So that a stream's metadata fit into a message that any client takes (reference 8, 18). */
  static final int MAX_ANNOTATION_BYTES = 1 << 20;

  /** What an annotation takes in a message beside its texts, at most. */
  private static final int PAIR_BYTES = 16;

  /** A text that is refused is told as far as it helps to find it. */
  private static final int LONGEST_TOLD = 80;

  private static final int BEGINNING_TOLD = 20;
  private static final Pattern ANNOTATION_KEY = Pattern.compile("[a-z][a-z0-9_.]{0,62}");

  private Names() {}

  static void checkCollection(String collection) {
    int bytes = utf8(Kind.COLLECTION, "collection", collection).length;
    if (bytes < 1 || bytes > MAX_COLLECTION_BYTES) {
      throw refuse(Kind.COLLECTION, "collection", collection, "1 to 255 bytes are allowed");
    }
  }

  static void checkTags(Map<String, String> tags) {
    tags.forEach(
        (key, value) -> {
          checkTagKey(key);
          checkValue("value of tag " + key, value);
        });
  }

  static void checkTagKey(String key) {
    if (!TAGS.contains(key)) {
      throw refuse(Kind.KEY, "tag", key, "the tags are " + String.join(", ", TAGS));
    }
  }

  static void checkAnnotations(Map<String, String> annotations) {
    annotations.forEach(
        (key, value) -> {
          checkAnnotationKey(key);
          checkValue("value of annotation " + key, value);
        });
    checkSize(annotations);
  }

  /** Refuses more annotations than one stream may have in all. */
  static void checkSize(Map<String, String> annotations) {
    long bytes = 0;
    for (Map.Entry<String, String> pair : annotations.entrySet()) {
      byte[] value = pair.getValue().getBytes(StandardCharsets.UTF_8);
      bytes += pair.getKey().length() + value.length + PAIR_BYTES;
    }
    if (bytes > MAX_ANNOTATION_BYTES) {
      throw RefusedName.of(
          Kind.ANNOTATIONS,
          annotations.size()
              + " annotations of "
              + bytes
              + " bytes: a stream may have "
              + MAX_ANNOTATION_BYTES
              + " bytes of them, each counted with "
              + PAIR_BYTES
              + " more");
    }
  }

  static void checkAnnotationKey(String key) {
    if (!ANNOTATION_KEY.matcher(key).matches()) {
      throw refuse(
          Kind.KEY, "annotation", key, "a-z, then a-z, 0-9, _ and . are allowed, up to 63 in all");
    }
  }

  private static void checkValue(String what, String value) {
    utf8(Kind.VALUE, what, value);
    if (value.length() > MAX_VALUE_CHARACTERS) {
      throw refuse(Kind.VALUE, what, value, "up to 255 characters are allowed");
    }
  }

  /** The bytes of a collection or a part of one. */
  static byte[] collectionBytes(String collection) {
    return utf8(Kind.COLLECTION, "collection", collection);
  }

  /** The bytes of a tag's value. */
  static byte[] valueBytes(String tag, String value) {
    return utf8(Kind.VALUE, "value of tag " + tag, value);
  }

  /** The bytes of a name, which may not contain NUL or half a character. */
  private static byte[] utf8(Kind kind, String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw refuse(kind, what, text.replace('\0', '?'), "NUL is not allowed");
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] result = new byte[bytes.remaining()];
      bytes.get(result);
      return result;
    } catch (CharacterCodingException e) {
      throw refuse(kind, what, text, "it is not Unicode text");
    }
  }

  private static BtrdbException refuse(Kind kind, String what, String value, String rule) {
    return RefusedName.of(kind, what + " '" + told(value) + "': " + rule);
  }

  private static String told(String value) {
    if (value.length() <= LONGEST_TOLD) {
      return value;
    }
    int end =
        BEGINNING_TOLD - (Character.isHighSurrogate(value.charAt(BEGINNING_TOLD - 1)) ? 1 : 0);
    return value.substring(0, end) + "...";
  }
}
