package org.btrdb.embedded.meta;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.NewStream;

/** The rules for names, and their bytes (reference 1.2 to 1.4). */
final class Names {
  /** The tags that exist, in the order in which they make a stream's identity. */
  static final List<String> TAGS = List.of("name", "unit", "ingress", "distiller");

  private static final int MAX_COLLECTION_BYTES = 255;
  private static final int MAX_VALUE_CHARACTERS = 255;
  private static final Pattern ANNOTATION_KEY = Pattern.compile("[a-z][a-z0-9_.]{0,62}");

  private Names() {}

  static void check(NewStream stream) {
    int collectionBytes = utf8("collection", stream.collection()).length;
    if (collectionBytes < 1 || collectionBytes > MAX_COLLECTION_BYTES) {
      throw refuse("collection", stream.collection(), "1 to 255 bytes are allowed");
    }
    for (Map.Entry<String, String> tag : stream.tags().entrySet()) {
      if (!TAGS.contains(tag.getKey())) {
        throw refuse("tag", tag.getKey(), "the tags are " + String.join(", ", TAGS));
      }
      checkValue("value of tag " + tag.getKey(), tag.getValue());
    }
    for (Map.Entry<String, String> annotation : stream.annotations().entrySet()) {
      if (!ANNOTATION_KEY.matcher(annotation.getKey()).matches()) {
        throw refuse("annotation", annotation.getKey(), "a-z, then a-z, 0-9, _ and . are allowed");
      }
      checkValue("value of annotation " + annotation.getKey(), annotation.getValue());
    }
  }

  private static void checkValue(String what, String value) {
    utf8(what, value);
    if (value.length() > MAX_VALUE_CHARACTERS) {
      throw refuse(what, value.substring(0, 20) + "...", "up to 255 characters are allowed");
    }
  }

  /** The bytes of a name, which may not contain NUL or half a character. */
  static byte[] utf8(String what, String text) {
    if (text.indexOf('\0') >= 0) {
      throw refuse(what, text.replace('\0', '?'), "NUL is not allowed");
    }
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] result = new byte[bytes.remaining()];
      bytes.get(result);
      return result;
    } catch (CharacterCodingException e) {
      throw refuse(what, text, "it is not Unicode text");
    }
  }

  private static BtrdbException refuse(String what, String value, String rule) {
    return new BtrdbException(ErrorCode.INVALID_NAME, what + " '" + value + "': " + rule);
  }
}
