package org.btrdb.client.fake;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.btrdb.client.time.TimeRange;

/** A stream: its metadata, every committed version, and the buffer in the order of insertion. */
final class FakeStream {
  static final long CREATED = 10;
  private static final int BUFFER = 32_768;
  private static final int LEAF = 1024;

  final ByteString uuid;
  String collection;
  final Map<String, ByteString> tags;
  final Map<String, ByteString> annotations;
  long propertyVersion = 1;
  final List<Sample> buffer = new ArrayList<>();
  private final Map<Long, List<Sample>> versions = new HashMap<>();
  private long major = CREATED;
  private long told = CREATED;
  private boolean wasBuffered;

  FakeStream(
      ByteString uuid,
      String collection,
      Map<String, ByteString> tags,
      Map<String, ByteString> annotations) {
    this.uuid = uuid;
    this.collection = collection;
    this.tags = new TreeMap<>(tags);
    this.annotations = new TreeMap<>(annotations);
    versions.put(CREATED, List.of());
  }

  long major() {
    return major;
  }

  /** What a 4.x server says the major version is: after a delete, the one before. */
  long told() {
    return told;
  }

  List<Sample> tree() {
    return tree(major);
  }

  List<Sample> tree(long version) {
    return version < CREATED || major == CREATED
        ? List.of()
        : versions.getOrDefault(version, List.of());
  }

  /** The major version that answers a request for one. */
  long answering(long version) {
    if (version == 0) {
      return told;
    }
    if (version > major && major > CREATED) {
      throw new Refused(404, "stream not found");
    }
    return major == CREATED && version > CREATED ? CREATED : version;
  }

  /** All points of the latest version, by time. */
  List<Sample> latest() {
    return Sample.merged(tree(), buffer);
  }

  List<Sample> sorted(long version) {
    return version == 0 ? latest() : tree(version);
  }

  void insert(List<Sample> samples, int most) {
    if (samples.size() > most) {
      throw new Refused(414, "Insert too big");
    }
    for (Sample sample : samples) {
      if (sample.time() < TimeRange.MIN_NANOS || sample.time() > TimeRange.MAX_POINT_NANOS) {
        throw new Refused(413, "insert contains points outside valid time interval");
      }
      if (!Double.isFinite(sample.value())) {
        throw new Refused(425, "insert contains NaN or Inf");
      }
    }
    buffer.addAll(samples);
    wasBuffered |= !samples.isEmpty();
    if (buffer.size() >= BUFFER) {
      flush();
    }
  }

  void flush() {
    if (!buffer.isEmpty()) {
      if (told < major) {
        // Observed: the commit after a delete counts twice.
        commit(tree());
      }
      commit(leavesCut(latest()));
      buffer.clear();
      told = major;
    }
  }

  private static List<Sample> leavesCut(List<Sample> samples) {
    List<Sample> kept = new ArrayList<>();
    for (Sample sample : samples) {
      int at = kept.size() - LEAF;
      if (at < 0 || kept.get(at).time() >> 2 != sample.time() >> 2) {
        kept.add(sample);
      }
    }
    return kept;
  }

  void delete(long start, long end) {
    if (start < TimeRange.MIN_NANOS || end >= TimeRange.MAX_NANOS || start >= end) {
      throw new Refused(413, "delete time range out of bounds");
    }
    flush();
    commit(tree().stream().filter(s -> s.time() < start || s.time() >= end).toList());
    if (!wasBuffered) {
      told = major;
    }
  }

  /** The points as they are after a merge policy; for a generation that has them. */
  void replace(List<Sample> samples) {
    buffer.clear();
    commit(samples);
    told = major;
  }

  /** Lets versions be told right, as a 5.x does. */
  void tell() {
    told = major;
  }

  private void commit(List<Sample> samples) {
    major++;
    versions.put(major, samples);
  }
}
