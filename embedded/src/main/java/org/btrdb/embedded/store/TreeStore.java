package org.btrdb.embedded.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.embedded.tree.Core;
import org.btrdb.embedded.tree.Leaf;
import org.btrdb.embedded.tree.Node;
import org.btrdb.embedded.tree.NodeSource;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The maps of one engine and their commits.
 *
 * <p>Reads may come from any thread. Changes are made by one thread at a time, become visible to
 * readers of the store at once, and durable, all together, with {@link #commit()}; the engine holds
 * a lock from the first change to the commit so that no commit carries half of another's changes.
 */
public final class TreeStore implements NodeSource, AutoCloseable {
  private static final String FORMAT_KEY = "format";
  private static final String FORMAT = "btrdb-embedded 1";
  private static final String FILE = "btrdb.mv";
  private static final int STORE_CACHE_MEGABYTES = 4;

  private final @Nullable Path directory;
  private final @Nullable DirectoryLock lock;
  private final MVStore store;
  private final MVMap<Long, byte[]> nodes;
  private final MVMap<String, byte[]> streams;
  private final MVMap<String, Long> versions;
  private final MVMap<String, byte[]> journal;
  private final Cache<Long, Node> cache;
  private long nextNodeId;
  private volatile @Nullable RuntimeException failure;
  private boolean closed;

  private TreeStore(@Nullable Path directory, @Nullable DirectoryLock lock, MVStore store) {
    this.directory = directory;
    this.lock = lock;
    this.store = store;
    this.nodes = store.openMap("nodes", map(LongDataType.INSTANCE));
    this.streams = store.openMap("streams", map(StringDataType.INSTANCE));
    this.versions =
        store.openMap(
            "versions",
            new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    this.journal = store.openMap("journal", map(StringDataType.INSTANCE));
    Long last = nodes.lastKey();
    this.nextNodeId = last == null ? 1 : last + 1;
    this.cache =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(Runtime.getRuntime().maxMemory() / 4)
            .weigher((Long id, Node node) -> node.weight())
            .build();
  }

  private static <K> MVMap.Builder<K, byte[]> map(org.h2.mvstore.type.DataType<K> keys) {
    return new MVMap.Builder<K, byte[]>().keyType(keys).valueType(ByteArrayDataType.INSTANCE);
  }

  /** Opens a directory, which is made if missing. */
  public static TreeStore open(Path directory) {
    DirectoryLock lock = null;
    TreeStore opened = null;
    try {
      Files.createDirectories(directory);
      lock = DirectoryLock.acquire(directory);
      MVStore store =
          new MVStore.Builder()
              .fileName(directory.resolve(FILE).toString())
              .autoCommitDisabled()
              // Else a large change would be written in parts, and a crash leave half of it.
              .autoCommitBufferSize(0)
              .cacheSize(STORE_CACHE_MEGABYTES)
              .open();
      opened = checked(new TreeStore(directory, lock, store));
      return opened;
    } catch (IOException e) {
      throw new BtrdbException(
          ErrorCode.STORE_IO, "cannot open directory " + directory + ": " + reason(e), e);
    } catch (MVStoreException e) {
      throw new BtrdbException(
          e.getErrorCode() == org.h2.mvstore.DataUtils.ERROR_FILE_CORRUPT
              ? ErrorCode.STORE_DAMAGED
              : ErrorCode.STORE_IO,
          "cannot open the store in directory " + directory + ": " + reason(e),
          e);
    } finally {
      if (opened == null && lock != null) {
        closeQuietly(lock);
      }
    }
  }

  /** A store that lives and dies with this process. */
  public static TreeStore inMemory() {
    MVStore store = new MVStore.Builder().autoCommitDisabled().open();
    return checked(new TreeStore(null, null, store));
  }

  private static TreeStore checked(TreeStore store) {
    MVMap<String, String> meta = store.store.openMap("about");
    String format = meta.get(FORMAT_KEY);
    if (format == null) {
      meta.put(FORMAT_KEY, FORMAT);
      store.commit();
    } else if (!format.equals(FORMAT)) {
      store.store.closeImmediately();
      throw new BtrdbException(
          ErrorCode.STORE_DAMAGED,
          "directory "
              + store.directory
              + " has the format '"
              + format
              + "'; this version reads '"
              + FORMAT
              + "' only: use the version that wrote it");
    }
    return store;
  }

  /**
   * What is stored of a stream.
   *
   * @param descriptor its metadata
   * @param major its newest committed version
   * @param rootId the root of that version, 0 if it has no points
   */
  public record StoredStream(StreamDescriptor descriptor, long major, long rootId) {}

  /** A journalled insert, by its key in the journal. */
  public record Journalled(
      String key,
      long sequence,
      org.btrdb.client.model.MergePolicy policy,
      org.btrdb.client.batch.PointBatch points) {}

  /** All streams, in no promised order. */
  public List<StoredStream> streams() {
    List<StoredStream> all = new ArrayList<>();
    for (byte[] bytes : streams.values()) {
      RecordCodec.StreamRecord r = RecordCodec.stream(bytes);
      all.add(new StoredStream(r.descriptor(), r.major(), r.rootId()));
    }
    return all;
  }

  /** Stores a stream's metadata and newest version, and remembers that version for ever. */
  public void putStream(StreamDescriptor descriptor, long major, long rootId) {
    guarded(
        () -> {
          streams.put(
              descriptor.uuid().toString(),
              RecordCodec.encode(new RecordCodec.StreamRecord(descriptor, major, rootId)));
          if (major > StreamVersion.CREATED_MAJOR) {
            versions.put(versionKey(descriptor.uuid(), major), rootId);
          }
        });
  }

  /** The root of a committed version; null if the stream never had it, 0 if it had no points. */
  public @Nullable Long rootOf(UUID stream, long major) {
    try {
      return versions.get(versionKey(stream, major));
    } catch (MVStoreException | IllegalStateException e) {
      throw failed(e);
    }
  }

  private static String versionKey(UUID stream, long major) {
    return stream + "/" + String.format(java.util.Locale.ROOT, "%019d", major);
  }

  /** Adds an insert to a stream's journal and answers its key. */
  public String journal(
      UUID stream,
      long sequence,
      org.btrdb.client.model.MergePolicy policy,
      org.btrdb.client.batch.PointBatch points) {
    String key = versionKey(stream, sequence);
    guarded(
        () -> journal.put(key, RecordCodec.encode(new RecordCodec.JournalEntry(policy, points))));
    return key;
  }

  /** A stream's journal in order. */
  public List<Journalled> journalOf(UUID stream) {
    List<Journalled> entries = new ArrayList<>();
    String prefix = stream + "/";
    for (Iterator<String> keys = journal.keyIterator(prefix); keys.hasNext(); ) {
      String key = keys.next();
      if (!key.startsWith(prefix)) {
        break;
      }
      RecordCodec.JournalEntry entry =
          RecordCodec.journalEntry(java.util.Objects.requireNonNull(journal.get(key)));
      long sequence = Long.parseLong(key.substring(prefix.length()));
      entries.add(new Journalled(key, sequence, entry.policy(), entry.points()));
    }
    return entries;
  }

  /** Forgets journal entries. */
  public void removeJournal(List<String> keys) {
    guarded(() -> keys.forEach(journal::remove));
  }

  /** Stores whatever of a tree is only in memory; the id of its root, 0 if there is none. */
  public long putTree(@Nullable Node root) {
    if (root == null) {
      return 0;
    }
    if (root instanceof Leaf leaf) {
      return put(leaf, NodeCodec.encode(leaf));
    }
    Core core = (Core) root;
    long[] ids = new long[Core.BUCKETS];
    for (int b = 0; b < Core.BUCKETS; b++) {
      Node child = core.unstored(b);
      ids[b] = child == null ? core.id(b) : putTree(child);
    }
    Core stored = core.withIds(ids);
    return put(stored, NodeCodec.encode(stored));
  }

  private long put(Node node, byte[] bytes) {
    long id = nextNodeId++;
    guarded(() -> nodes.put(id, bytes));
    cache.put(id, node);
    return id;
  }

  @Override
  public Node load(long id) {
    Node node = cache.getIfPresent(id);
    if (node != null) {
      return node;
    }
    byte[] bytes;
    try {
      bytes = nodes.get(id);
    } catch (MVStoreException | IllegalStateException e) {
      throw failed(e);
    }
    if (bytes == null) {
      throw new BtrdbException(ErrorCode.STORE_DAMAGED, "node " + id + " is missing in " + place());
    }
    Node loaded = NodeCodec.decode(bytes);
    cache.put(id, loaded);
    return loaded;
  }

  /** Makes all changes so far durable, all or none. */
  public void commit() {
    guarded(
        () -> {
          store.commit();
          store.sync();
        });
  }

  /** Runs a change; after one that failed nothing may be written any more. */
  private void guarded(Runnable change) {
    RuntimeException before = failure;
    if (before != null) {
      throw failed(before);
    }
    try {
      change.run();
    } catch (MVStoreException | IllegalStateException e) {
      failure = e;
      throw failed(e);
    }
  }

  private BtrdbException failed(RuntimeException e) {
    return new BtrdbException(
        ErrorCode.STORE_IO,
        "writing or reading " + place() + " failed, reopen it: " + reason(e),
        e);
  }

  private String place() {
    return directory == null ? "the store in memory" : "directory " + directory;
  }

  /** What the operating system said, which hides below several wrappings. */
  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = String.valueOf(deepest.getMessage());
    return message.lines().findFirst().orElse(message).strip();
  }

  private static void closeQuietly(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // The process gives the lock back anyhow when it ends; the caller has a better error.
      System.getLogger(TreeStore.class.getName()).log(System.Logger.Level.DEBUG, "unlock", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (failure == null) {
        store.close();
      } else {
        store.closeImmediately();
      }
    } finally {
      if (lock != null) {
        closeQuietly(lock);
      }
    }
  }
}
