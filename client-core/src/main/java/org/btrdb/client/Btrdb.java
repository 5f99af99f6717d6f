package org.btrdb.client;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.ClusterState;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.MetadataUsage;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.ServerInfo;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * A BTrDB: a remote server or an embedded tree, all server generations alike.
 *
 * <p>Times are nanoseconds since the Unix epoch, UTC; ranges are half-open. A {@code version} is a
 * major version, or {@link StreamVersion#LATEST} for the newest state, buffered points included.
 * Implementations hide what server generations do differently: ranges outside BTrDB's domain are
 * clamped and not refused, a range that holds no whole window gives no windows, empty windows are
 * never answered, raw points come in order of time.
 *
 * <p>Every method may be called from any thread, throws {@link BtrdbException} and nothing else,
 * and ends early when its {@link CallScope} is cancelled, its deadline passes or the calling thread
 * is interrupted. Cursors belong to one thread at a time.
 */
public interface Btrdb extends AutoCloseable {

  /** What answered at connect. No call is made. */
  ServerInfo info();

  /** What this server can do; the only place to ask. No call is made. */
  Capabilities capabilities();

  /** The state of the cluster now. */
  ClusterState cluster(CallScope scope);

  /**
   * Lists the collections whose name starts with a prefix, in byte order of their names.
   *
   * @param prefix characters, not path components: {@code a/b} matches {@code a/bc}; empty for all
   */
  Cursor<List<String>> collections(String prefix, CallScope scope);

  /** Finds streams by collection, tags and annotations, in no promised order. */
  Cursor<List<StreamDescriptor>> lookup(StreamQuery query, CallScope scope);

  /** Describes one stream; empty if no such stream exists. */
  Optional<StreamDescriptor> stream(UUID uuid, CallScope scope);

  /** The current version of a stream. */
  StreamVersion version(UUID uuid, CallScope scope);

  /** Reads the points of a range in order of time; equal times keep the server's order. */
  DataCursor<PointBatch> raw(UUID uuid, TimeRange range, long version, CallScope scope);

  /**
   * Reads statistics of equal windows {@code [start + k * width, start + (k + 1) * width)} that lie
   * wholly inside the range; the incomplete last one is left out, and so are empty ones.
   *
   * @param widthNanos at least 1
   */
  DataCursor<StatBatch> windows(
      UUID uuid, TimeRange range, long widthNanos, long version, CallScope scope);

  /**
   * Reads statistics of windows of 2^pointWidth ns aligned to the epoch, from the one that holds
   * the range's start up to but not including the one that holds its end; empty ones are left out.
   *
   * @param pointWidth 0 to 62
   */
  DataCursor<StatBatch> alignedWindows(
      UUID uuid, TimeRange range, int pointWidth, long version, CallScope scope);

  /**
   * The point nearest to a time: the last one strictly before it if backward, else the first one at
   * or after it.
   */
  Optional<Point> nearest(
      UUID uuid, long timeNanos, boolean backward, long version, CallScope scope);

  /**
   * The ranges of time whose points differ between two versions, ascending and apart; wider than
   * the change by up to a node of the tree. The version told is the newer one.
   *
   * @param fromMajor compares with this state; 0 with that before the first point
   * @param toMajor the newer state, at least fromMajor; {@link StreamVersion#LATEST} for the newest
   * @param resolution 0 to 63; changes are told to 2^resolution ns at best
   */
  DataCursor<List<TimeRange>> changes(
      UUID uuid, long fromMajor, long toMajor, int resolution, CallScope scope);

  /**
   * Counts the streams that use each tag and annotation key.
   *
   * @param prefix characters that the collection must start with; empty for all
   */
  MetadataUsage metadataUsage(String prefix, CallScope scope);

  /** Creates a stream; fails if the uuid, or the collection with these tags, exists. */
  void create(NewStream stream, CallScope scope);

  /**
   * Stores points, in any order, and returns when they are durable. Points of a batch larger than
   * {@link Capabilities#maxInsertPoints()} are stored in several steps, in order; a failure then
   * says how many were stored.
   */
  StreamVersion insert(UUID uuid, PointBatch points, MergePolicy mergePolicy, CallScope scope);

  /**
   * Follows what is inserted into streams from now on.
   *
   * @param uuids streams to begin with; may be none
   * @throws BtrdbException {@link ErrorCode#UNSUPPORTED}, from here or from the first {@link
   *     Subscription#next()}, if the server cannot
   */
  Subscription subscribe(Collection<UUID> uuids, CallScope scope);

  /** Removes the points of a range in a new version; older versions keep them. */
  StreamVersion delete(UUID uuid, TimeRange range, CallScope scope);

  /** Commits buffered points to the tree. */
  StreamVersion flush(UUID uuid, CallScope scope);

  /**
   * Changes tags and, unless null, the collection of a stream.
   *
   * @param expectedPropertyVersion fails with {@link ErrorCode#CONCURRENT_CHANGE} if the stream's
   *     is another
   */
  void setTags(
      UUID uuid,
      long expectedPropertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      CallScope scope);

  /**
   * Changes annotations of a stream.
   *
   * @param expectedPropertyVersion fails with {@link ErrorCode#CONCURRENT_CHANGE} if the stream's
   *     is another
   */
  void setAnnotations(
      UUID uuid, long expectedPropertyVersion, MetadataChange annotations, CallScope scope);

  /** Removes a stream for ever, its points and its name; its uuid is never free again. */
  void obliterate(UUID uuid, CallScope scope);

  /** Releases this connection; idempotent. Open cursors fail at their next use. */
  @Override
  void close();
}
