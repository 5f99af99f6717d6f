package org.btrdb.client.fake;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Streams by uuid, and their names as keys of a sorted store. */
final class FakeStore {
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_.]{0,62}");
  private static final int LONGEST = 255;

  final Map<ByteString, FakeStream> streams = new LinkedHashMap<>();
  final Set<ByteString> obliterated = new HashSet<>();

  /** Requests that would have killed or wedged the real server. */
  final List<String> harms = new ArrayList<>();

  FakeStream stream(ByteString uuid) {
    FakeStream stream = streams.get(uuid);
    if (stream == null) {
      throw new Refused(404, "stream does not exist");
    }
    return stream;
  }

  void checkCollection(String collection) {
    int length = collection.getBytes(StandardCharsets.UTF_8).length;
    if (length == 0 || length > LONGEST || collection.indexOf('\0') >= 0) {
      throw new Refused(407, "collection is invalid");
    }
  }

  void checkPairs(Map<String, ByteString> pairs, int shortest) {
    pairs.forEach(
        (key, value) -> {
          if (!KEY.matcher(key).matches()) {
            throw new Refused(408, "key '" + key + "' is invalid");
          }
          if (value.size() < shortest || value.size() > LONGEST) {
            throw new Refused(409, "value of '" + key + "' is invalid");
          }
        });
  }

  @Nullable FakeStream named(String collection, Map<String, ByteString> tags) {
    return streams.values().stream()
        .filter(s -> s.collection.equals(collection) && s.tags.equals(tags))
        .findFirst()
        .orElse(null);
  }

  /** Keys {@code collection/}, sorted by bytes. */
  List<String> collectionKeys() {
    return streams.values().stream()
        .map(s -> s.collection + "/")
        .distinct()
        .sorted(
            Comparator.comparing(k -> k.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
        .toList();
  }

  static boolean matches(
      Map<String, ByteString> pairs, Map<String, Optional<ByteString>> conditions) {
    return conditions.entrySet().stream()
        .allMatch(
            c ->
                pairs.containsKey(c.getKey())
                    && (c.getValue().isEmpty()
                        || c.getValue().get().equals(pairs.get(c.getKey()))));
  }
}
