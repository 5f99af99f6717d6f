package org.btrdb.sql.rpc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a session's last statements, oldest first; the oldest are forgotten. Any thread may
 * read it while others make calls.
 */
public final class RpcLog {
  private static final int KEPT = 10_000;

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** A copy of what is known now. */
  public List<RpcCall> calls() {
    synchronized (entries) {
      List<RpcCall> calls = new ArrayList<>(entries.size());
      entries.forEach(entry -> calls.add(entry.call()));
      return calls;
    }
  }

  /** Notes that a call begins. */
  Entry begin(Rpc rpc, @Nullable UUID uuid, CallScope scope) {
    Entry entry = new Entry(scope.id(), rpc, uuid);
    synchronized (entries) {
      if (entries.size() == KEPT) {
        entries.removeFirst();
      }
      entries.addLast(entry);
    }
    return entry;
  }

  /** A call under way. */
  final class Entry {
    private final long statementId;
    private final Rpc rpc;
    private final @Nullable UUID uuid;
    private final long begunNanoTime = System.nanoTime();
    private long messages;
    private long rowCount;
    private long elapsedNanos;

    private Entry(long statementId, Rpc rpc, @Nullable UUID uuid) {
      this.statementId = statementId;
      this.rpc = rpc;
      this.uuid = uuid;
    }

    /** Notes an answer with so many rows. */
    void took(long rows) {
      synchronized (entries) {
        messages++;
        rowCount += rows;
        elapsedNanos = System.nanoTime() - begunNanoTime;
      }
    }

    private RpcCall call() {
      return new RpcCall(statementId, rpc, uuid, messages, rowCount, elapsedNanos);
    }
  }
}
