package org.btrdb.embedded.meta;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.embedded.store.Store;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;

/**
 * The streams that exist, by number, uuid, identity (collection and tags) and the value of a tag;
 * and the uuids that may never be used again. The keys are those of {@link IndexKeys}.
 *
 * <p>Writes belong to one thread at a time.
 */
public final class StreamIndex {
  private static final String LAST_STREAM = "stream";
  private static final String TAGS_INDEXED = "tagsIndexed";

  private final Store store;
  private final MVMap<Long, byte[]> streams;
  private final MVMap<byte[], Long> uuids;
  private final MVMap<byte[], Long> identities;
  private final MVMap<byte[], Long> tags;

  /** The numbers of obliterated streams by uuid. */
  private final MVMap<byte[], Long> obliterated;

  /** The obliterated streams of which something is still stored; the values are empty. */
  private final MVMap<Long, byte[]> reclaimable;

  private StreamIndex(Store store) {
    this.store = store;
    this.streams = store.numberedMap("streams");
    this.uuids = store.bytesMap("uuids", LongDataType.INSTANCE);
    this.identities = store.bytesMap("identities", LongDataType.INSTANCE);
    this.tags = store.bytesMap("tags", LongDataType.INSTANCE);
    this.obliterated = store.bytesMap("obliterated", LongDataType.INSTANCE);
    this.reclaimable = store.numberedMap("reclaimable");
  }

  /** The index kept in a store; adds the index of tags to a store that has none. */
  public static StreamIndex of(Store store) {
    StreamIndex index = new StreamIndex(store);
    if (store.counter(TAGS_INDEXED) == 0) {
      store.writing(index::indexTags);
    }
    return index;
  }

  private void indexTags() {
    for (Long id : streams.keySet()) {
      describeNow(id).ifPresent(stream -> indexTags(id, stream));
    }
    store.setCounter(TAGS_INDEXED, 1);
  }

  private void indexTags(long id, StreamDescriptor stream) {
    IndexKeys.tags(stream, id).forEach(key -> tags.put(key, id));
  }

  /** Refuses a stream whose names are not allowed, or that exists or did so once. */
  public void checkNew(NewStream stream) {
    Names.checkCollection(stream.collection());
    Names.checkTags(stream.tags());
    Names.checkAnnotations(stream.annotations());
    byte[] uuid = IndexKeys.uuid(stream.uuid());
    if (obliterated.containsKey(uuid)) {
      throw new BtrdbException(
          ErrorCode.UUID_REUSED,
          "uuid " + stream.uuid() + " belonged to a stream that was obliterated");
    }
    if (uuids.containsKey(uuid)) {
      throw new BtrdbException(
          ErrorCode.STREAM_EXISTS, "a stream with uuid " + stream.uuid() + " exists");
    }
    checkFree(stream.collection(), stream.tags());
  }

  private void checkFree(String collection, Map<String, String> wanted) {
    if (identities.containsKey(IndexKeys.identity(collection, wanted))) {
      throw new BtrdbException(
          ErrorCode.STREAM_EXISTS,
          "collection '" + collection + "' has a stream with the tags " + wanted);
    }
  }

  /** Adds a stream that was checked. */
  public void add(NewStream stream) {
    Map<String, String> all = new HashMap<>();
    Names.TAGS.forEach(tag -> all.put(tag, stream.tags().getOrDefault(tag, "")));
    Long last = streams.lastKey();
    long id = Math.max(last == null ? 0 : last, store.counter(LAST_STREAM)) + 1;
    uuids.put(IndexKeys.uuid(stream.uuid()), id);
    put(id, new StreamDescriptor(stream.uuid(), stream.collection(), all, stream.annotations(), 1));
  }

  private void put(long id, StreamDescriptor stream) {
    streams.put(id, DescriptorCodec.encode(stream));
    identities.put(IndexKeys.identity(stream.collection(), stream.tags()), id);
    indexTags(id, stream);
  }

  private void unindex(long id, StreamDescriptor stream) {
    identities.remove(IndexKeys.identity(stream.collection(), stream.tags()));
    IndexKeys.tags(stream, id).forEach(tags::remove);
  }

  /** Refuses metadata that would make a stream like another one. */
  public void checkReplace(StreamDescriptor old, StreamDescriptor edited) {
    if (!old.collection().equals(edited.collection()) || !old.tags().equals(edited.tags())) {
      checkFree(edited.collection(), edited.tags());
    }
  }

  /**
   * Replaces the metadata of a stream; both were checked. Readers take no lock: at every moment a
   * key leads to the stream.
   */
  public void replace(long id, StreamDescriptor old, StreamDescriptor edited) {
    byte[] identity = IndexKeys.identity(edited.collection(), edited.tags());
    identities.put(identity, id);
    indexTags(id, edited);
    streams.put(id, DescriptorCodec.encode(edited));
    byte[] oldIdentity = IndexKeys.identity(old.collection(), old.tags());
    if (!Arrays.equals(oldIdentity, identity)) {
      identities.remove(oldIdentity);
    }
    List<byte[]> kept = IndexKeys.tags(edited, id);
    for (byte[] key : IndexKeys.tags(old, id)) {
      if (kept.stream().noneMatch(other -> Arrays.equals(other, key))) {
        tags.remove(key);
      }
    }
  }

  /** Removes a stream; its uuid and number are never used again. */
  public void remove(long id, StreamDescriptor stream) {
    unindex(id, stream);
    store.setCounter(LAST_STREAM, Math.max(store.counter(LAST_STREAM), streams.lastKey()));
    streams.remove(id);
    uuids.remove(IndexKeys.uuid(stream.uuid()));
    obliterated.put(IndexKeys.uuid(stream.uuid()), id);
    reclaimable.put(id, new byte[0]);
  }

  /** The removed streams of which something is still stored. */
  public List<Long> reclaimable() {
    return store.reading(() -> List.copyOf(reclaimable.keySet()));
  }

  /** Notes that nothing of a removed stream is stored any more. */
  public void reclaimed(long id) {
    reclaimable.remove(id);
  }

  /** Looks whether all indexes tell the same, and says what does not; the number of streams. */
  public long check(Consumer<String> faults) {
    long[] tagged = new long[1];
    for (Long id : streams.keySet()) {
      try {
        StreamDescriptor stream = describeNow(id).orElseThrow();
        String what = "stream " + stream.uuid() + " (number " + id + "): ";
        agrees(what + "by uuid", id, uuids.get(IndexKeys.uuid(stream.uuid())), faults);
        byte[] identity = IndexKeys.identity(stream.collection(), stream.tags());
        agrees(what + "by collection and tags", id, identities.get(identity), faults);
        for (byte[] key : IndexKeys.tags(stream, id)) {
          tagged[0]++;
          agrees(what + "by a tag", id, tags.get(key), faults);
        }
        if (obliterated.containsKey(IndexKeys.uuid(stream.uuid()))) {
          faults.accept(what + "it was obliterated and is still there");
        }
      } catch (RuntimeException e) {
        faults.accept("stream number " + id + " cannot be read: " + e.getMessage());
      }
    }
    long count = streams.sizeAsLong();
    sameSize("uuids", uuids.sizeAsLong(), count, faults);
    sameSize("identities", identities.sizeAsLong(), count, faults);
    sameSize("tags", tags.sizeAsLong(), tagged[0], faults);
    return count;
  }

  private static void agrees(String what, Long id, @Nullable Long found, Consumer<String> faults) {
    if (!id.equals(found)) {
      faults.accept(what + " is found " + (found == null ? "nothing" : "number " + found));
    }
  }

  private static void sameSize(String index, long is, long expected, Consumer<String> faults) {
    if (is != expected) {
      faults.accept("the index of " + index + " has " + is + " entries and not " + expected);
    }
  }

  /** The number of a stream; empty if there is none. */
  public Optional<Long> find(UUID uuid) {
    return store.reading(() -> Optional.ofNullable(uuids.get(IndexKeys.uuid(uuid))));
  }

  /** The metadata of a stream; empty if there is none. */
  public Optional<StreamDescriptor> describe(long id) {
    return store.reading(() -> describeNow(id));
  }

  private Optional<StreamDescriptor> describeNow(long id) {
    return Optional.ofNullable(streams.get(id)).map(DescriptorCodec::decode);
  }

  /** Some collections under a prefix, after a given one or from the first. */
  public List<String> collections(String prefix, @Nullable String after, int limit) {
    byte[] prefixBytes = Names.collectionBytes(prefix);
    return store.reading(
        () -> {
          List<String> found = new ArrayList<>();
          byte[] key =
              identities.ceilingKey(after == null ? prefixBytes : IndexKeys.pastCollection(after));
          while (key != null && IndexKeys.startsWith(key, prefixBytes) && found.size() < limit) {
            String collection = IndexKeys.collectionOf(key);
            found.add(collection);
            key = identities.ceilingKey(IndexKeys.pastCollection(collection));
          }
          return found;
        });
  }

  /** Begins a search: a range of the index that leaves least to look at. */
  public StreamSearch search(StreamQuery query) {
    query.tags().keySet().forEach(Names::checkTagKey);
    query.annotations().keySet().forEach(Names::checkAnnotationKey);
    String collection = query.collection();
    Optional<String> name = query.tags().getOrDefault(StreamDescriptor.NAME, Optional.empty());
    if (!query.isPrefix() && name.isPresent()) {
      return search(query, identities, IndexKeys.name(collection, name.get()));
    }
    for (String tag : Names.SELECTIVE_FIRST) {
      Optional<String> value = query.tags().getOrDefault(tag, Optional.empty());
      if (value.isPresent() && !value.get().isEmpty()) {
        byte[] range = IndexKeys.tag(tag, value.get(), collection, query.isPrefix());
        return search(query, tags, range);
      }
    }
    return search(query, identities, IndexKeys.collection(collection, query.isPrefix()));
  }

  private StreamSearch search(StreamQuery query, MVMap<byte[], Long> index, byte[] range) {
    return new StreamSearch(store, index, range, this::describeNow, query);
  }
}
