package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Hop;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;
import org.btrdb.sql.time.NanoFunctions;
import org.jspecify.annotations.Nullable;

/** Each row once for each window that holds its time; none if its time is NULL. */
record HopOperator(Operator input, int time, Hop hop, List<ValueType> types) implements Operator {

  /** The windows of an input's rows. */
  static HopOperator of(Operator input, int time, Hop hop) {
    List<ValueType> types = new java.util.ArrayList<>(input.types());
    types.add(ValueType.BIGINT);
    types.add(ValueType.BIGINT);
    return new HopOperator(input, time, hop, List.copyOf(types));
  }

  @Override
  public RowCursor open(Run run) {
    Hop.Windows windows = hop.windows(run.execution().parameters());
    return new Rows(this, windows, input.open(run), run);
  }

  @Override
  public List<Operator> inputs() {
    return List.of(input);
  }

  @Override
  public String text() {
    return "Windows: " + hop;
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    return keys.stream().allMatch(key -> key.column() < input.types().size())
        && input.isOrderedBy(keys);
  }

  private static final class Rows implements RowCursor {
    private final int width;
    private final int time;
    private final Hop.Windows windows;
    private final RowCursor input;
    private final Ticks ticks;
    private long start;
    private long end;
    private long last;
    private boolean isAtRow;

    Rows(HopOperator operator, Hop.Windows windows, RowCursor input, Run run) {
      this.width = operator.input.types().size();
      this.time = operator.time;
      this.windows = windows;
      this.input = input;
      this.ticks = new Ticks(run.execution().scope());
    }

    @Override
    public boolean next() {
      ticks.tick();
      if (isAtRow && last - start >= windows.slideNanos()) {
        start += windows.slideNanos();
        end = NanoFunctions.plus(start, windows.sizeNanos());
        return true;
      }
      while (input.next()) {
        isAtRow = !input.isNull(time);
        if (isAtRow) {
          long nanos = input.getLong(time);
          start = windows.firstAt(nanos);
          last = windows.lastAt(nanos);
          isAtRow = start <= last;
        }
        if (isAtRow) {
          end = NanoFunctions.plus(start, windows.sizeNanos());
          return true;
        }
      }
      isAtRow = false;
      return false;
    }

    @Override
    public boolean isNull(int column) {
      return column < width && input.isNull(column);
    }

    @Override
    public long getLong(int column) {
      if (column < width) {
        return input.getLong(column);
      }
      return column == width ? start : end;
    }

    @Override
    public double getDouble(int column) {
      return input.getDouble(column);
    }

    @Override
    public @Nullable Object getObject(int column) {
      return column < width ? input.getObject(column) : (Object) getLong(column);
    }

    @Override
    public void close() {
      isAtRow = false;
      input.close();
    }
  }
}
