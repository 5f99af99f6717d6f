package org.btrdb.client.grpc.v5;

import java.util.Arrays;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.jspecify.annotations.Nullable;

/**
 * All windows of an Arrow answer in one batch, in order. Its messages may come in any order
 * (reference 3.1), and only the last of them tells that nothing earlier is missing.
 */
final class OrderedWindows implements DataCursor<StatBatch> {
  private final DataCursor<StatBatch> messages;
  private final long most;
  private final String subject;
  private @Nullable StatBatch current;
  private boolean begun;

  /**
   * A cursor that closes the one it reads.
   *
   * @param most how many windows there can be, which bounds what is collected
   * @param subject how failures name the stream
   */
  OrderedWindows(DataCursor<StatBatch> messages, long most, String subject) {
    this.messages = messages;
    this.most = most;
    this.subject = subject;
  }

  @Override
  public boolean next() {
    current = null;
    if (begun) {
      return false;
    }
    begun = true;
    StatBatch all = collect();
    current = isAscending(all) ? all : sorted(all);
    return current.size() > 0;
  }

  private StatBatch collect() {
    StatBatch all = new StatBatch(0);
    while (messages.next()) {
      StatBatch part = messages.current();
      if (part.size() > most - all.size()) {
        throw violation("more than the " + most + " windows there are came");
      }
      for (int i = 0; i < part.size(); i++) {
        copy(part, i, all);
      }
    }
    return all;
  }

  private static void copy(StatBatch from, int i, StatBatch to) {
    to.add(from.time(i), from.min(i), from.mean(i), from.max(i), from.count(i), from.stddev(i));
  }

  private static boolean isAscending(StatBatch windows) {
    for (int i = 1; i < windows.size(); i++) {
      if (windows.time(i) <= windows.time(i - 1)) {
        return false;
      }
    }
    return true;
  }

  private StatBatch sorted(StatBatch windows) {
    int size = windows.size();
    long[] times = new long[size];
    for (int i = 0; i < size; i++) {
      times[i] = windows.time(i);
    }
    Arrays.sort(times);
    for (int i = 1; i < size; i++) {
      if (times[i] == times[i - 1]) {
        throw violation("the window at " + times[i] + " came twice");
      }
    }
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[Arrays.binarySearch(times, windows.time(i))] = i;
    }
    StatBatch sorted = new StatBatch(size);
    for (int i : order) {
      copy(windows, i, sorted);
    }
    return sorted;
  }

  private BtrdbException violation(String what) {
    return new BtrdbException(ErrorCode.PROTOCOL_VIOLATION, subject + ": " + what);
  }

  @Override
  public StatBatch current() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public StreamVersion version() {
    return messages.version();
  }

  @Override
  public void close() {
    current = null;
    messages.close();
  }
}
