package org.btrdb.embedded.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.embedded.store.Store;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * A search under way; streams that come, go or change while it runs are seen or not, but no stream
 * twice.
 */
public final class StreamSearch {
  /** Metadata of one part: a stream may have that much of annotations alone. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private final Store store;
  private final MVMap<byte[], Long> index;
  private final byte[] range;
  private final LongFunction<Optional<StreamDescriptor>> streams;
  private final StreamQuery query;

  /** Numbers of the streams told: one that is being edited has two keys, or gets another one. */
  private final BitSet told = new BitSet();

  private byte @Nullable [] last;
  private boolean atEnd;

  /**
   * A search among the streams of a range of an index.
   *
   * @param range what the keys of the range begin with
   * @param streams metadata by number
   */
  StreamSearch(
      Store store,
      MVMap<byte[], Long> index,
      byte[] range,
      LongFunction<Optional<StreamDescriptor>> streams,
      StreamQuery query) {
    this.store = store;
    this.index = index;
    this.range = range;
    this.streams = streams;
    this.query = query;
  }

  /** Whether all streams were looked at. */
  public boolean atEnd() {
    return atEnd;
  }

  /** Looks at some more streams and gives those that match. */
  public List<StreamDescriptor> next(int limit) {
    return store.reading(() -> scan(limit));
  }

  private List<StreamDescriptor> scan(int limit) {
    List<StreamDescriptor> found = new ArrayList<>();
    int characters = 0;
    byte[] from = last == null ? range : Arrays.copyOf(last, last.length + 1);
    Cursor<byte[], Long> cursor = index.cursor(from);
    for (int looked = 0; looked < limit && characters < MAX_CHARACTERS; looked++) {
      byte[] key = cursor.hasNext() ? cursor.next() : null;
      if (key == null || !IndexKeys.startsWith(key, range)) {
        atEnd = true;
        break;
      }
      last = key;
      long id = cursor.getValue();
      StreamDescriptor stream = streams.apply(id).filter(this::matches).orElse(null);
      if (stream != null && isNew(id)) {
        found.add(stream);
        characters += charactersOf(stream.annotations());
      }
    }
    return found;
  }

  /** Numbers are counted up from 1; so many that a bit set cannot hold them do not exist. */
  private boolean isNew(long id) {
    int bit = Math.toIntExact(id);
    boolean isNew = !told.get(bit);
    told.set(bit);
    return isNew;
  }

  private static int charactersOf(Map<String, String> annotations) {
    int characters = 0;
    for (Map.Entry<String, String> pair : annotations.entrySet()) {
      characters += pair.getKey().length() + pair.getValue().length();
    }
    return characters;
  }

  /** Looks at the collection too: the stream may have moved since its key was read. */
  private boolean matches(StreamDescriptor stream) {
    return (query.isPrefix()
            ? stream.collection().startsWith(query.collection())
            : stream.collection().equals(query.collection()))
        && holds(stream.tags(), query.tags())
        && holds(stream.annotations(), query.annotations());
  }

  private static boolean holds(
      Map<String, String> metadata, Map<String, Optional<String>> conditions) {
    return conditions.entrySet().stream()
        .allMatch(
            wanted -> {
              String value = metadata.get(wanted.getKey());
              return value != null && value.equals(wanted.getValue().orElse(value));
            });
  }
}
