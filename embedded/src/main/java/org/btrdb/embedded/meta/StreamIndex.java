package org.btrdb.embedded.meta;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.embedded.store.Store;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/**
 * The streams that exist, by number, uuid, and identity (collection and tags).
 *
 * <p>The identity index is one map whose keys are {@code collection NUL name NUL unit NUL ingress
 * NUL distiller} in UTF-8, so that a collection, a prefix and a name in a collection are ranges of
 * it. Writes belong to one thread at a time.
 */
public final class StreamIndex {
  private static final byte SEPARATOR = 0;

  private final Store store;
  private final MVMap<Long, byte[]> streams;
  private final MVMap<byte[], Long> uuids;
  private final MVMap<byte[], Long> identities;

  private StreamIndex(Store store) {
    this.store = store;
    this.streams = store.numberedMap("streams");
    this.uuids = store.bytesMap("uuids", LongDataType.INSTANCE);
    this.identities = store.bytesMap("identities", LongDataType.INSTANCE);
  }

  /** The index kept in a store. */
  public static StreamIndex of(Store store) {
    return new StreamIndex(store);
  }

  /** Refuses a stream whose names are not allowed or that exists. */
  public void checkNew(NewStream stream) {
    Names.check(stream);
    if (uuids.containsKey(uuidKey(stream.uuid()))) {
      throw new BtrdbException(
          ErrorCode.STREAM_EXISTS, "a stream with uuid " + stream.uuid() + " exists");
    }
    if (identities.containsKey(identityOf(stream))) {
      throw new BtrdbException(
          ErrorCode.STREAM_EXISTS,
          "collection '" + stream.collection() + "' has a stream with the tags " + stream.tags());
    }
  }

  /** Adds a stream that was checked. */
  public void add(NewStream stream) {
    Map<String, String> tags = new HashMap<>();
    Names.TAGS.forEach(tag -> tags.put(tag, stream.tags().getOrDefault(tag, "")));
    Long last = streams.lastKey();
    long id = last == null ? 1 : last + 1;
    streams.put(
        id,
        DescriptorCodec.encode(
            new StreamDescriptor(
                stream.uuid(), stream.collection(), tags, stream.annotations(), 1)));
    uuids.put(uuidKey(stream.uuid()), id);
    identities.put(identityOf(stream), id);
  }

  /** The number of a stream; empty if there is none. */
  public Optional<Long> find(UUID uuid) {
    return store.reading(() -> Optional.ofNullable(uuids.get(uuidKey(uuid))));
  }

  /** The metadata of a stream that exists. */
  public StreamDescriptor describe(long id) {
    return store.reading(() -> describeNow(id));
  }

  private StreamDescriptor describeNow(long id) {
    byte[] bytes = streams.get(id);
    if (bytes == null) {
      throw new IllegalStateException("the metadata of stream " + id + " is missing");
    }
    return DescriptorCodec.decode(bytes);
  }

  /** Some collections under a prefix, after a given one or from the first. */
  public List<String> collections(String prefix, @Nullable String after, int limit) {
    byte[] prefixBytes = Names.utf8("prefix", prefix);
    return store.reading(
        () -> {
          List<String> found = new ArrayList<>();
          byte[] key = identities.ceilingKey(after == null ? prefixBytes : pastCollection(after));
          while (key != null && startsWith(key, prefixBytes) && found.size() < limit) {
            String collection = collectionOf(key);
            found.add(collection);
            key = identities.ceilingKey(pastCollection(collection));
          }
          return found;
        });
  }

  /** Begins a search. */
  public Search search(StreamQuery query) {
    ByteArrayOutputStream range = new ByteArrayOutputStream();
    range.writeBytes(Names.utf8("collection", query.collection()));
    if (!query.isPrefix()) {
      range.write(SEPARATOR);
      Optional<String> name = query.tags().getOrDefault(StreamDescriptor.NAME, Optional.empty());
      if (name.isPresent()) {
        range.writeBytes(Names.utf8("name", name.get()));
        range.write(SEPARATOR);
      }
    }
    return new Search(query, range.toByteArray());
  }

  /** A search under way; it sees streams that are created while it runs, or not. */
  public final class Search {
    private final StreamQuery query;
    private final byte[] range;
    private byte @Nullable [] last;
    private boolean atEnd;

    private Search(StreamQuery query, byte[] range) {
      this.query = query;
      this.range = range;
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
      byte[] from = last == null ? range : Arrays.copyOf(last, last.length + 1);
      Cursor<byte[], Long> cursor = identities.cursor(from);
      for (int looked = 0; looked < limit; looked++) {
        byte[] key = cursor.hasNext() ? cursor.next() : null;
        if (key == null || !startsWith(key, range)) {
          atEnd = true;
          break;
        }
        last = key;
        StreamDescriptor stream = describeNow(cursor.getValue());
        if (matches(stream)) {
          found.add(stream);
        }
      }
      return found;
    }

    private boolean matches(StreamDescriptor stream) {
      return holds(stream.tags(), query.tags()) && holds(stream.annotations(), query.annotations());
    }
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

  private static byte[] identityOf(NewStream stream) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.writeBytes(Names.utf8("collection", stream.collection()));
    for (String tag : Names.TAGS) {
      key.write(SEPARATOR);
      key.writeBytes(Names.utf8(tag, stream.tags().getOrDefault(tag, "")));
    }
    return key.toByteArray();
  }

  /** A key after all streams of a collection and before those of the next. */
  private static byte[] pastCollection(String collection) {
    byte[] name = collection.getBytes(StandardCharsets.UTF_8);
    byte[] key = Arrays.copyOf(name, name.length + 1);
    key[name.length] = SEPARATOR + 1;
    return key;
  }

  private static String collectionOf(byte[] key) {
    int length = 0;
    while (key[length] != SEPARATOR) {
      length++;
    }
    return new String(key, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static byte[] uuidKey(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }
}
