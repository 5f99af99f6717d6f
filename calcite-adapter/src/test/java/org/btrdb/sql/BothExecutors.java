package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** Statements run by our operators and by Calcite's Enumerable, which must answer the same. */
final class BothExecutors {
  private final SqlSession operators;
  private final SqlSession enumerable;

  BothExecutors(TestBtrdb db) {
    this.operators = session(db, SessionOptions.Executor.OPERATORS);
    this.enumerable = session(db, SessionOptions.Executor.ENUMERABLE);
  }

  private static SqlSession session(TestBtrdb db, SessionOptions.Executor executor) {
    return SqlSession.over(db.btrdb(), SessionOptions.DEFAULT.withExecutor(executor));
  }

  /** The rows that both answer. */
  List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
    List<List<@Nullable Object>> rows = run(operators, sql, parameters);
    assertThat(run(enumerable, sql, parameters)).as("Enumerable, %s", sql).isEqualTo(rows);
    return rows;
  }

  /** The rows that both answer, in whatever order. */
  List<List<@Nullable Object>> unordered(String sql, @Nullable Object... parameters) {
    List<List<@Nullable Object>> rows = run(operators, sql, parameters);
    assertThat(run(enumerable, sql, parameters))
        .as("Enumerable, %s", sql)
        .containsExactlyInAnyOrderElementsOf(rows);
    return rows;
  }

  /** The only row that both answer. */
  List<@Nullable Object> row(String sql, @Nullable Object... parameters) {
    List<List<@Nullable Object>> rows = rows(sql, parameters);
    assertThat(rows).as(sql).hasSize(1);
    return rows.get(0);
  }

  private static List<List<@Nullable Object>> run(
      SqlSession session, String sql, @Nullable Object... parameters) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try {
      PreparedSql prepared = session.prepare(sql, "", CallScope.unbounded());
      try (RowCursor cursor = prepared.query(Arrays.asList(parameters), CallScope.unbounded(), 0)) {
        while (cursor.next()) {
          List<@Nullable Object> row = new ArrayList<>();
          for (int i = 0; i < prepared.columns().size(); i++) {
            row.add(cursor.getObject(i));
          }
          rows.add(row);
        }
      }
    } catch (SqlRefusal e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(sql, e);
    }
    return rows;
  }
}
