package org.btrdb.sql.tall;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.multi.InputHeap;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.RawRows;
import org.jspecify.annotations.Nullable;

/** The points of one stream, or of a few merged on time. */
final class MergedStreams implements AutoCloseable {
  /** All of them are read at once, each with buffers of its own. */
  private static final int MOST_STREAMS = 1024;

  private static final Object OF_POINT = new Object();

  private final RawRows[] inputs;
  private final @Nullable Object[][] shown;
  private final InputHeap waiting;
  private boolean begun;
  private int at;

  private MergedStreams(List<RawRows> inputs, @Nullable Object[][] shown) {
    this.inputs = inputs.toArray(RawRows[]::new);
    this.shown = shown;
    this.waiting = new InputHeap(inputs.size());
  }

  /** Makes the calls; nothing waits for an answer. */
  static MergedStreams open(List<StreamDescriptor> streams, TallRead read, Execution execution) {
    if (streams.size() > MOST_STREAMS) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          streams.size()
              + " streams cannot be merged on time, "
              + MOST_STREAMS
              + " can: order by collection, name or uuid before time, or select fewer",
          null);
    }
    List<RawRows> inputs = new ArrayList<>();
    @Nullable Object[][] shown = new Object[streams.size()][];
    try {
      for (StreamDescriptor stream : streams) {
        shown[inputs.size()] = shown(stream, read.columns());
        inputs.add(
            RawRead.all(new StreamTable(stream.collection(), stream.uuid().toString(), stream))
                .withTimes(read.times())
                .rows(execution));
      }
      return new MergedStreams(inputs, shown);
    } catch (RuntimeException e) {
      inputs.forEach(RawRows::close);
      throw e;
    }
  }

  private static @Nullable Object[] shown(StreamDescriptor stream, List<TallColumn> columns) {
    return columns.stream()
        .map(column -> column.describesStream() ? column.of(stream) : OF_POINT)
        .toArray();
  }

  boolean next() {
    if (inputs.length == 1) {
      return inputs[0].next();
    }
    if (!begun) {
      begun = true;
      for (int i = 0; i < inputs.length; i++) {
        push(i);
      }
    } else if (at >= 0) {
      push(at);
    }
    at = waiting.isEmpty() ? -1 : waiting.pop();
    return at >= 0;
  }

  private void push(int input) {
    if (inputs[input].next()) {
      waiting.push(input, inputs[input].getLong(0));
    }
  }

  long timeNanos() {
    return inputs[at].getLong(0);
  }

  double value() {
    return inputs[at].getDouble(1);
  }

  long majorVersion() {
    return inputs[at].majorVersion();
  }

  /** What describes the stream of the current row; anything but null for a column of points. */
  @Nullable Object shown(int column) {
    return shown[at][column];
  }

  @Override
  public void close() {
    for (RawRows input : inputs) {
      input.close();
    }
  }
}
