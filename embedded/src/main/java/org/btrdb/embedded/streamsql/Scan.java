package org.btrdb.embedded.streamsql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the relation that may fulfil a condition, as {@link SearchRange} bounds them, and no
 * others than the BTrDB shows to whoever asks.
 */
final class Scan implements AutoCloseable {
  private final Btrdb btrdb;
  private final CallScope scope;
  private final Iterator<StreamQuery> queries;
  private final Iterator<UUID> uuids;
  private final Deque<StreamDescriptor> found = new ArrayDeque<>();
  private @Nullable Cursor<List<StreamDescriptor>> cursor;

  Scan(Btrdb btrdb, SearchRange range, CallScope scope) {
    this.btrdb = btrdb;
    this.scope = scope;
    this.queries = range.queries().iterator();
    this.uuids = range.uuids().iterator();
  }

  /** The next row, null after the last. */
  @Nullable Object @Nullable [] next() {
    while (found.isEmpty()) {
      if (cursor != null && cursor.next()) {
        found.addAll(cursor.current());
      } else if (queries.hasNext()) {
        close();
        cursor = btrdb.lookup(queries.next(), scope);
      } else if (uuids.hasNext()) {
        described(uuids.next()).ifPresent(found::add);
      } else {
        return null;
      }
    }
    return Relation.row(found.remove());
  }

  /** A stream that may not be seen is not there. */
  private Optional<StreamDescriptor> described(UUID uuid) {
    try {
      return btrdb.stream(uuid, scope);
    } catch (BtrdbException e) {
      if (e.code() == ErrorCode.PERMISSION_DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
