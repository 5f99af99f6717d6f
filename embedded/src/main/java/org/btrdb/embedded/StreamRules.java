package org.btrdb.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;

/** What BTrDB allows in names, tags and points (reference 1.2 to 1.6). */
final class StreamRules {
  private static final int LONGEST_BYTES = 255;
  private static final int LONGEST_KEY = 63;
  private static final Set<String> TAGS = Set.of("name", "unit", "ingress", "distiller");
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_.]*");

  private StreamRules() {}

  static void check(NewStream stream) {
    checkText("collection", stream.collection(), 1, ErrorCode.INVALID_NAME);
    stream
        .tags()
        .forEach(
            (key, value) -> {
              if (!TAGS.contains(key)) {
                throw new BtrdbException(
                    ErrorCode.INVALID_NAME,
                    "no tag can be called '" + key + "'; tags are name, unit, ingress, distiller");
              }
              checkText("tag " + key, value, 0, ErrorCode.INVALID_NAME);
            });
    stream
        .annotations()
        .forEach(
            (key, value) -> {
              if (key.length() > LONGEST_KEY || !KEY.matcher(key).matches()) {
                throw new BtrdbException(
                    ErrorCode.INVALID_NAME, "no annotation can be called '" + key + "'");
              }
              checkText("annotation " + key, value, 0, ErrorCode.INVALID_NAME);
            });
  }

  private static void checkText(String what, String text, int shortest, ErrorCode code) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length < shortest || length > LONGEST_BYTES || text.indexOf('\0') >= 0) {
      throw new BtrdbException(
          code,
          what
              + " must be "
              + shortest
              + " to "
              + LONGEST_BYTES
              + " bytes of UTF-8 without NUL: '"
              + text.replace("\0", "\\0")
              + "'");
    }
  }

  static void checkNew(NewStream stream, StreamIndex index) {
    if (index.get(stream.uuid()) != null) {
      throw new BtrdbException(
          ErrorCode.STREAM_EXISTS, "stream " + stream.uuid() + " exists already");
    }
    for (StreamDescriptor other : index.find(StreamQuery.inCollection(stream.collection()))) {
      if (set(other.tags()).equals(set(stream.tags()))) {
        throw new BtrdbException(
            ErrorCode.STREAM_EXISTS,
            "collection '"
                + stream.collection()
                + "' has a stream with the tags "
                + stream.tags()
                + " already: "
                + other.uuid());
      }
    }
  }

  /** An unset tag and an empty one are the same. */
  private static Map<String, String> set(Map<String, String> tags) {
    return tags.entrySet().stream()
        .filter(e -> !e.getValue().isEmpty())
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static void check(UUID stream, PointBatch points) {
    for (int i = 0; i < points.size(); i++) {
      long time = points.time(i);
      if (time < TimeRange.MIN_NANOS || time > TimeRange.MAX_POINT_NANOS) {
        throw new BtrdbException(
            ErrorCode.INVALID_TIME_RANGE,
            "point " + i + " for stream " + stream + " lies outside BTrDB's time: " + time + " ns");
      }
      if (!Double.isFinite(points.value(i))) {
        throw new BtrdbException(
            ErrorCode.INVALID_VALUE,
            "point "
                + i
                + " for stream "
                + stream
                + " at "
                + IsoTime.format(time)
                + " is no finite number: "
                + points.value(i));
      }
    }
  }
}
