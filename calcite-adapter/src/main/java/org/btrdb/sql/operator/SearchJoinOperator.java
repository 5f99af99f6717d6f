package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.expression.Evaluation;
import org.btrdb.sql.expression.Expression.OfLong;
import org.btrdb.sql.expression.ValueType;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * Points searched by what one row says, which is read first; no rows if there is none.
 *
 * @param search has the columns of the row as parameters behind those of the statement
 * @param row at most one
 * @param condition over the columns of both
 * @param conditionText how EXPLAIN shows it
 */
record SearchJoinOperator(
    Operator search, Operator row, OfLong condition, String conditionText, List<ValueType> types)
    implements Operator {

  /** Joins two inputs. */
  static SearchJoinOperator of(Operator search, Operator row, OfLong condition, String text) {
    return new SearchJoinOperator(
        search, row, condition, text, JoinSpec.types(JoinKind.INNER, search, row));
  }

  @Override
  public RowCursor open(Run run) {
    return new Rows(this, row.open(run), run);
  }

  @Override
  public List<Operator> inputs() {
    return List.of(search, row);
  }

  @Override
  public String text() {
    return "Search by one row, INNER: " + conditionText;
  }

  @Override
  public boolean isOrderedBy(List<SortKey> keys) {
    return keys.stream().allMatch(key -> key.column() < search.types().size())
        && search.isOrderedBy(keys);
  }

  @Override
  public boolean isAtMostOneRow() {
    return search.isAtMostOneRow();
  }

  private static final class Rows implements RowCursor {
    private final SearchJoinOperator join;
    private final RowCursor row;
    private final Run run;
    private @Nullable Found found;
    private boolean isClosed;

    /** What the search found. */
    private record Found(RowCursor rows, JoinedRow both, Evaluation evaluation) {}

    Rows(SearchJoinOperator join, RowCursor row, Run run) {
      this.join = join;
      this.row = row;
      this.run = run;
    }

    @Override
    public boolean next() {
      if (isClosed || (found == null && !row.next())) {
        isClosed = true;
        return false;
      }
      Found some = found == null ? search() : found;
      found = some;
      while (some.rows.next()) {
        if (join.condition.value(some.evaluation) != 0) {
          return true;
        }
      }
      return false;
    }

    private Found search() {
      Execution execution = run.execution();
      List<@Nullable Object> parameters = new ArrayList<>(execution.parameters());
      for (int i = 0; i < join.row.types().size(); i++) {
        parameters.add(row.getObject(i));
      }
      RowCursor rows = join.search.open(new Run(execution.with(parameters), run.memory()));
      JoinedRow both = new JoinedRow(rows, row, join.search.types().size());
      both.show(true, true);
      return new Found(rows, both, new Evaluation(both, parameters));
    }

    private JoinedRow both() {
      return java.util.Objects.requireNonNull(found, "there is no row").both;
    }

    @Override
    public boolean isNull(int column) {
      return both().isNull(column);
    }

    @Override
    public long getLong(int column) {
      return both().getLong(column);
    }

    @Override
    public double getDouble(int column) {
      return both().getDouble(column);
    }

    @Override
    public @Nullable Object getObject(int column) {
      return both().getObject(column);
    }

    @Override
    public void close() {
      isClosed = true;
      try {
        if (found != null) {
          found.rows.close();
        }
      } finally {
        row.close();
      }
    }
  }
}
