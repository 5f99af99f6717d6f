package org.btrdb.embedded.meta;

import java.util.HashMap;
import java.util.Map;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.StreamDescriptor;
import org.jspecify.annotations.Nullable;

/** What a stream's metadata become by an edit (reference 2.8, 2.9). */
@FunctionalInterface
public interface MetadataEdit {

  /** Any property version will do (reference 11). */
  long ANY_VERSION = 0;

  /** The metadata after the edit; their property version is one higher, whatever changed. */
  StreamDescriptor apply(StreamDescriptor stream);

  /** Sets and unsets tags, and moves the stream unless the collection is null. */
  static MetadataEdit tags(
      long expectedPropertyVersion, @Nullable String collection, MetadataChange change) {
    checkClear(change);
    Names.checkTags(change.changes());
    change.removals().forEach(Names::checkTagKey);
    if (collection != null) {
      Names.checkCollection(collection);
    }
    return stream -> {
      checkVersion(stream, expectedPropertyVersion);
      Map<String, String> tags = new HashMap<>(stream.tags());
      tags.putAll(change.changes());
      change.removals().forEach(tag -> tags.put(tag, ""));
      return new StreamDescriptor(
          stream.uuid(),
          collection == null ? stream.collection() : collection,
          tags,
          stream.annotations(),
          stream.propertyVersion() + 1);
    };
  }

  /** Sets and removes annotations. */
  static MetadataEdit annotations(long expectedPropertyVersion, MetadataChange change) {
    checkClear(change);
    Names.checkAnnotations(change.changes());
    change.removals().forEach(Names::checkAnnotationKey);
    return stream -> {
      checkVersion(stream, expectedPropertyVersion);
      Map<String, String> annotations = new HashMap<>(stream.annotations());
      annotations.putAll(change.changes());
      annotations.keySet().removeAll(change.removals());
      if (!change.changes().isEmpty()) { // what is too much already can be made less
        Names.checkSize(annotations);
      }
      return new StreamDescriptor(
          stream.uuid(),
          stream.collection(),
          stream.tags(),
          annotations,
          stream.propertyVersion() + 1);
    };
  }

  private static void checkClear(MetadataChange change) {
    for (String key : change.removals()) {
      if (change.changes().containsKey(key)) {
        throw new BtrdbException(
            ErrorCode.INVALID_ARGUMENT, "'" + key + "' is to be set and removed at once");
      }
    }
  }

  private static void checkVersion(StreamDescriptor stream, long expected) {
    if (expected != ANY_VERSION && expected != stream.propertyVersion()) {
      throw new BtrdbException(
          ErrorCode.CONCURRENT_CHANGE,
          "stream "
              + stream.uuid()
              + " has property version "
              + stream.propertyVersion()
              + ", not "
              + expected);
    }
  }
}
