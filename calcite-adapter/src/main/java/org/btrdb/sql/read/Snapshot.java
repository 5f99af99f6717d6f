package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;

/**
 * Several calls on one stream that must see one version of it.
 *
 * <p>Pinning the committed version would miss buffered points; so, unless the statement wants it
 * pinned ({@link org.btrdb.sql.Consistency}), every call asks for the latest, the versions that
 * answered are compared, and all is asked again if they differ.
 */
public final class Snapshot {
  /** How often all is asked again before the stream is called too busy. */
  static final int ATTEMPTS = 20;

  private Snapshot() {}

  /**
   * Window cursors of one version, each already moved to its first part.
   *
   * @param cursors in the order of the pieces
   * @param hasPart whether the cursor of the same place has a part
   */
  record Windows(List<DataCursor<StatBatch>> cursors, List<Boolean> hasPart) {}

  /** Makes the calls of some windows, all at once; nothing waits for an answer. */
  static List<DataCursor<StatBatch>> begin(
      StreamRequest request, List<WindowPiece> pieces, Execution execution) {
    UUID stream = request.table().stream().uuid();
    long version = request.version().number(execution.parameters());
    List<DataCursor<StatBatch>> cursors = new ArrayList<>();
    try {
      for (WindowPiece piece : pieces) {
        cursors.add(
            execution
                .btrdb()
                .windows(stream, piece.range(), piece.widthNanos(), version, execution.scope()));
      }
      return cursors;
    } catch (RuntimeException e) {
      cursors.forEach(DataCursor::close);
      throw e;
    }
  }

  /** Awaits the first answers of calls, and makes all again until one version answered all. */
  static Windows windows(
      StreamRequest request,
      List<WindowPiece> pieces,
      List<DataCursor<StatBatch>> begun,
      Execution execution) {
    List<DataCursor<StatBatch>> cursors = begun;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Boolean> hasPart = new ArrayList<>();
      boolean kept = false;
      try {
        cursors.forEach(cursor -> hasPart.add(cursor.next()));
        if (cursors.size() == 1
            || cursors.stream().map(DataCursor::version).distinct().count() <= 1) {
          kept = true;
          return new Windows(cursors, hasPart);
        }
      } finally {
        if (!kept) {
          cursors.forEach(DataCursor::close);
        }
      }
      cursors = begin(request, pieces, execution);
    }
    cursors.forEach(DataCursor::close);
    throw tooBusy(request.table().stream().uuid());
  }

  /** Runs several calls until the stream's version is the same before and after them. */
  static <T> T consistent(
      StreamRequest request, Execution execution, java.util.function.Supplier<T> calls) {
    return request.version().number(execution.parameters()) != StreamVersion.LATEST
        ? calls.get() // a committed version never changes
        : consistent(request.table().stream().uuid(), execution, version -> calls.get());
  }

  /**
   * Runs calls on the newest state of a stream until its version is the same before and after them.
   *
   * @param calls are told the version
   */
  public static <T> T consistent(
      UUID stream, Execution execution, java.util.function.Function<StreamVersion, T> calls) {
    StreamVersion before = execution.btrdb().version(stream, execution.scope());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      T result = calls.apply(before);
      StreamVersion after = execution.btrdb().version(stream, execution.scope());
      if (after.equals(before)) {
        return result;
      }
      before = after;
    }
    throw tooBusy(stream);
  }

  static BtrdbException tooBusy(UUID stream) {
    return new BtrdbException(
        ErrorCode.CONCURRENT_CHANGE,
        "stream " + stream + " changed during each of " + ATTEMPTS + " attempts; run it again");
  }
}
