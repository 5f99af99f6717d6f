package org.btrdb.sql.tall;

import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * A condition on what describes a stream that no look-up can answer, so it is checked here.
 *
 * @param text tells it from every other
 * @param condition over the columns of {@link TallColumn#OF_STREAM}
 */
public record StreamCondition(String text, Expression.OfLong condition) {

  /** The number by which a condition refers to what describes a stream. */
  public static int indexOf(TallColumn column) {
    return TallColumn.OF_STREAM.indexOf(column);
  }

  /** Whether it is true of a stream; not if it is NULL. */
  boolean test(StreamDescriptor stream, Execution execution) {
    return condition.value(new Evaluation(new Row(stream), execution.parameters())) != 0;
  }

  @Override
  public String toString() {
    return text;
  }

  /** A stream as a row. */
  private record Row(StreamDescriptor stream) implements RowCursor {
    @Override
    public boolean next() {
      return false;
    }

    @Override
    public boolean isNull(int column) {
      return getObject(column) == null;
    }

    @Override
    public long getLong(int column) {
      throw new IllegalStateException("nothing that describes a stream is a number");
    }

    @Override
    public double getDouble(int column) {
      throw new IllegalStateException("nothing that describes a stream is a number");
    }

    @Override
    public @Nullable Object getObject(int column) {
      return TallColumn.OF_STREAM.get(column).of(stream);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
