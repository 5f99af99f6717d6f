package org.btrdb.embedded.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.embedded.tree.Core;
import org.btrdb.embedded.tree.CoreSource;
import org.btrdb.embedded.tree.Node;
import org.btrdb.embedded.tree.NodeSink;
import org.btrdb.embedded.tree.NodeSource;
import org.btrdb.embedded.tree.Slot;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * Nodes, versions and the journal in one MVStore, in a directory or in memory.
 *
 * <p>Reads may come from any thread. Writes and {@link #commit} belong to one thread at a time: a
 * commit takes whatever all maps hold. What is committed is durable after {@link #sync}.
 */
public final class Store implements NodeSource, CoreSource, NodeSink, AutoCloseable {
  /** The file of a data directory. */
  public static final String FILE_NAME = "btrdb.mv";

  private static final long MAX_NODE_CACHE_BYTES = 256L << 20;
  private static final String LAST_NODE = "node";

  /** Chunks that are mostly dead are looked for once in so many commits. */
  private static final int COMPACT_EVERY = 64;

  /** Bytes moved in one commit. */
  private static final int COMPACT_BYTES = 2 << 20;

  private final DataDirectory directory;
  private final String where;
  private final MVStore mvStore;
  private final MVMap<Long, byte[]> nodes;
  private final MVMap<byte[], byte[]> versions;
  private final MVMap<byte[], byte[]> journal;
  private final MVMap<String, Long> counters;
  private final MapLengths lengths;
  private final CachedNodes cache;
  private long lastNodeId;
  private int commits;

  private Store(DataDirectory directory) {
    this.directory = directory;
    this.where = directory.where();
    this.mvStore = directory.mvStore();
    this.counters =
        mvStore.openMap(
            "counters",
            new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    this.lengths = new MapLengths(counters, directory.isOfThisFormat());
    this.nodes = numberedMap("nodes");
    this.versions = bytesMap("versions", ByteArrayDataType.INSTANCE);
    this.journal = bytesMap("journal", ByteArrayDataType.INSTANCE);
    this.cache =
        new CachedNodes(
            uncached(), Math.min(MAX_NODE_CACHE_BYTES, Runtime.getRuntime().maxMemory() / 4));
    Long last = nodes.lastKey();
    this.lastNodeId = Math.max(last == null ? 0 : last, counter(LAST_NODE));
  }

  /** Opens a store that lives as long as this object. */
  public static Store inMemory(String name) {
    return new Store(DataDirectory.inMemory(name));
  }

  /** Opens a directory, making it if it is missing, and keeps it for this process. */
  public static Store open(Path directory) {
    return over(DataDirectory.open(directory));
  }

  /** Opens a store whose last owner died or was done, on anything that is like a file. */
  static Store on(String where, Disk disk, boolean ownerDied) {
    return over(DataDirectory.on(where, disk, ownerDied));
  }

  private static Store over(DataDirectory directory) {
    try {
      return new Store(directory);
    } catch (RuntimeException | AssertionError | OutOfMemoryError e) {
      directory.closeUnchanged();
      throw StoreFailure.of(directory.where(), "open", e);
    }
  }

  /** The directory, or {@code mem:} and a name. */
  public String where() {
    return where;
  }

  /** A map whose keys are in byte order. */
  public <V> MVMap<byte[], V> bytesMap(String name, DataType<V> valueType) {
    return map(
        name,
        new MVMap.Builder<byte[], V>().keyType(ByteArrayDataType.INSTANCE).valueType(valueType));
  }

  /** A map with numbers for keys. */
  public MVMap<Long, byte[]> numberedMap(String name) {
    return map(
        name,
        new MVMap.Builder<Long, byte[]>()
            .keyType(LongDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private <K, V> MVMap<K, V> map(String name, MVMap.Builder<K, V> types) {
    return reading(() -> lengths.checked(mvStore.openMap(name, types)));
  }

  /** A number kept under a name, 0 if there is none. */
  public long counter(String name) {
    return counters.getOrDefault(name, 0L);
  }

  /** Keeps a number under a name. */
  public void setCounter(String name, long value) {
    counters.put(name, value);
  }

  /** Reads from maps while their pages are kept from being overwritten; for short reads. */
  public <T> T reading(Supplier<T> read) {
    MVStore.TxCounter usage = mvStore.registerVersionUsage();
    try {
      return read.get();
    } catch (BtrdbException e) {
      throw e;
    } catch (RuntimeException | AssertionError | OutOfMemoryError e) {
      throw StoreFailure.of(where, "read", e);
    } finally {
      mvStore.deregisterVersionUsage(usage);
    }
  }

  @Override
  public Node read(long id) {
    return cache.read(id);
  }

  /**
   * Reads nodes for one walk over points.
   *
   * @param points in the whole tree; where they are more than can be kept, the walk keeps few
   */
  public NodeSource scan(long points) {
    return cache.scan(points);
  }

  /** Reads nodes from the disk each time, so that they are looked at and leave others cached. */
  public NodeSource uncached() {
    return id -> reading(() -> decodeNode(id));
  }

  private Node decodeNode(long id) {
    return NodeCodec.decode(nodeBytes(id));
  }

  private byte[] nodeBytes(long id) {
    byte[] bytes = nodes.get(id);
    if (bytes == null) {
      throw new DamageException("node " + id + " is missing");
    }
    return bytes;
  }

  @Override
  public @Nullable Core core(long id) {
    Node kept = cache.ifKept(id);
    if (kept != null) {
      return kept instanceof Core core ? core : null;
    }
    Optional<Core> read = reading(() -> NodeCodec.decodeIfCore(nodeBytes(id)));
    read.ifPresent(core -> cache.put(id, core));
    return read.orElse(null);
  }

  @Override
  public long write(Node node) {
    long id = ++lastNodeId;
    nodes.append(id, NodeCodec.encode(node));
    cache.put(id, node);
    return id;
  }

  /** Nodes of all versions of all streams. */
  public long nodeCount() {
    return reading(nodes::sizeAsLong);
  }

  /** The newest version of a stream: its major, or 0 if it has none. */
  public long newestMajor(long streamId) {
    return reading(
        () -> {
          byte[] key = versions.floorKey(Keys.of(streamId, Long.MAX_VALUE));
          return key == null || Keys.first(key) != streamId ? 0 : Keys.second(key);
        });
  }

  /** The stored root of a committed version; null is the empty tree. */
  public @Nullable Slot root(long streamId, long major) {
    byte[] bytes = reading(() -> versionBytes(streamId, major));
    return reading(() -> new Root(NodeCodec.decodeRoot(bytes))).slot();
  }

  private byte[] versionBytes(long streamId, long major) {
    byte[] bytes = versions.get(Keys.of(streamId, major));
    if (bytes == null) {
      throw new DamageException("version " + major + " of stream " + streamId + " is missing");
    }
    return bytes;
  }

  /** Stores a version of a stream. */
  public void putVersion(long streamId, long major, @Nullable Slot root) {
    versions.put(Keys.of(streamId, major), NodeCodec.encodeRoot(root));
  }

  /** Appends to the journal of a stream. */
  public void appendJournal(long streamId, long sequence, JournalEntry entry) {
    journal.put(Keys.of(streamId, sequence), entry.encode());
  }

  /** Forgets the journal of a stream. */
  public void clearJournal(long streamId) {
    for (byte[] key = journal.ceilingKey(Keys.of(streamId, 0));
        key != null && Keys.first(key) == streamId;
        key = journal.ceilingKey(Keys.of(streamId, 0))) {
      journal.remove(key);
    }
  }

  /** The streams that have a journal. */
  public List<Long> journalledStreams() {
    return reading(() -> streamsIn(journal));
  }

  /** The streams that have versions beside the first, empty one. */
  public List<Long> versionedStreams() {
    return reading(() -> streamsIn(versions));
  }

  private static List<Long> streamsIn(MVMap<byte[], byte[]> map) {
    List<Long> ids = new ArrayList<>();
    for (byte[] key = map.firstKey();
        key != null;
        key = map.ceilingKey(Keys.of(ids.get(ids.size() - 1) + 1, 0))) {
      ids.add(Keys.first(key));
    }
    return ids;
  }

  /** The journal of a stream in the order of its sequence numbers. */
  public List<JournalEntry> journal(long streamId) {
    return reading(
        () -> {
          List<JournalEntry> entries = new ArrayList<>();
          Cursor<byte[], byte[]> cursor =
              journal.cursor(Keys.of(streamId, 0), Keys.of(streamId, Long.MAX_VALUE), false);
          while (cursor.hasNext()) {
            cursor.next();
            entries.add(JournalEntry.decode(cursor.getValue()));
          }
          return entries;
        });
  }

  /** Begins to remove the versions of a stream that nobody can find any more, and their nodes. */
  public StreamRemoval removal(long streamId) {
    return new StreamRemoval(streamId, versions, nodes, this::removeNode);
  }

  /** Ids are not used again, not even after the last node was removed. */
  private void removeNode(long id) {
    if (counter(LAST_NODE) < lastNodeId) {
      setCounter(LAST_NODE, lastNodeId);
    }
    nodes.remove(id);
    cache.remove(id);
  }

  /**
   * Writes all changes of all maps at once; they are durable after {@link #sync}. Now and then also
   * moves what is alive in chunks that are mostly dead, so that their space can be used again.
   */
  public void commit() {
    writing(
        () -> {
          if (++commits % COMPACT_EVERY == 0) {
            mvStore.compact(DataDirectory.LEAST_ALIVE, COMPACT_BYTES);
          }
          lengths.note();
          mvStore.commit();
        });
  }

  /** Makes what was committed durable. */
  public void sync() {
    writing(mvStore::sync);
  }

  /** Runs what changes maps. */
  public void writing(Runnable change) {
    try {
      change.run();
    } catch (RuntimeException e) {
      throw StoreFailure.of(where, "write", e);
    }
  }

  /** Gives the directory back; changes that are not committed are lost. */
  public void closeImmediately() {
    directory.closeImmediately();
  }

  /**
   * Copies what is durable, or something newer, into another directory, while others write.
   *
   * @param target an empty directory, or one to be made
   * @return the size of the copy in bytes
   */
  public long copyTo(Path target) {
    return directory.copyTo(target);
  }

  /** The same for a directory that this process does not have open; another one may. */
  public static long copy(Path directory, Path target) {
    return DataDirectory.copy(directory, target);
  }

  /** Gives the directory back as it was found. */
  public void closeUnchanged() {
    directory.closeUnchanged();
  }

  /** Gives the directory back. */
  @Override
  public void close() {
    try {
      writing(lengths::note);
    } finally {
      directory.close();
    }
  }

  private record Root(@Nullable Slot slot) {}
}
