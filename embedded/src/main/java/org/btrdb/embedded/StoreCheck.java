package org.btrdb.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.meta.StreamIndex;
import org.btrdb.embedded.store.JournalEntry;
import org.btrdb.embedded.store.Store;
import org.btrdb.embedded.tree.Points;
import org.btrdb.embedded.tree.Slot;
import org.btrdb.embedded.tree.TreeCheck;

/**
 * Looks at everything in a data directory: every checksum, every version of every stream down to
 * its leaves, whether statistics agree with what is below them, whether every node is reachable,
 * the journal, and whether the indexes of names agree. Nothing is changed.
 */
public final class StoreCheck {
  private static final int FAULTS_KEPT = 100;

  private final Store store;
  private final List<String> faults = new ArrayList<>();
  private long versions;
  private long points;

  private StoreCheck(Store store) {
    this.store = store;
  }

  /**
   * Checks a directory that nobody has open.
   *
   * @throws BtrdbException {@code STORE_IO} if there is none, {@code STORE_LOCKED} if it is in use
   *     (a backup of it can be checked), {@code STORE_DAMAGED} if it cannot even be opened
   */
  public static CheckReport run(Path directory) {
    requireStore(directory);
    Store store = Store.open(directory);
    try {
      return of(store);
    } finally {
      store.closeUnchanged();
    }
  }

  /** Refuses a directory that holds no store, as opening would make one. */
  static void requireStore(Path directory) {
    if (!Files.isRegularFile(directory.resolve(Store.FILE_NAME))) {
      throw new BtrdbException(
          ErrorCode.STORE_IO,
          "directory " + directory + " does not exist or holds no " + Store.FILE_NAME);
    }
  }

  /** Checks an open store that nobody writes to. */
  static CheckReport of(Store store) {
    return new StoreCheck(store).report();
  }

  private CheckReport report() {
    StreamIndex index = StreamIndex.of(store);
    long streams = index.check(this::fault);
    TreeCheck trees = new TreeCheck(store.uncached(), this::fault);
    for (long id : store.versionedStreams()) {
      trees(trees, index, id);
    }
    for (long id : store.journalledStreams()) {
      journal(index, id);
    }
    if (index.reclaimable().isEmpty() && faults.isEmpty() && trees.nodes() != store.nodeCount()) {
      fault(store.nodeCount() - trees.nodes() + " nodes belong to no version");
    }
    return new CheckReport(streams, versions, trees.nodes(), points, faults);
  }

  private void fault(String what) {
    if (faults.size() < FAULTS_KEPT) {
      faults.add(what);
    }
  }

  private void trees(TreeCheck trees, StreamIndex index, long id) {
    Optional<StreamDescriptor> described = index.describe(id);
    if (described.isEmpty()) {
      if (!index.reclaimable().contains(id)) {
        fault("stream number " + id + " has versions and no name");
      }
      return;
    }
    String stream = "stream " + described.get().uuid();
    long newest = store.newestMajor(id);
    for (long major = StreamVersion.CREATED_MAJOR + 1;
        major <= newest && faults.size() < FAULTS_KEPT; // a damaged number may be any
        major++) {
      String what = stream + " version " + major;
      try {
        Slot root = store.root(id, major);
        trees.version(what, major, root);
        points += root == null || major < newest ? 0 : root.count();
      } catch (BtrdbException e) {
        fault(what + ": " + e.getMessage());
      }
      versions++;
    }
  }

  private void journal(StreamIndex index, long id) {
    String what = "journal of stream number " + id;
    if (index.describe(id).isEmpty()) {
      fault(what + ": there is no such stream");
    }
    try {
      for (JournalEntry entry : store.journal(id)) {
        points += entry.points().size();
        times(what, entry.points());
      }
    } catch (BtrdbException e) {
      fault(what + ": " + e.getMessage());
    }
  }

  private void times(String what, Points entry) {
    long previous = TimeRange.MIN_NANOS;
    for (int i = entry.from(); i < entry.to(); i++) {
      long time = entry.times()[i];
      if (time < previous || time > TimeRange.MAX_POINT_NANOS) {
        fault(what + ": time " + time + " is out of order or outside of all time");
        return;
      }
      previous = time;
    }
  }
}
