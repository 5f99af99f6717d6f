package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.cache.Cache;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What plans that are kept hold on to: nothing of the statement they were made for. */
class PlanReachTest {
  private static final List<Class<?>> STATEMENTS_OWN =
      List.of(
          CallScope.class,
          RowCursor.class,
          RelNode.class,
          RexNode.class,
          RelOptCluster.class,
          RelOptPlanner.class,
          SqlNode.class,
          SqlValidator.class);

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT time, value FROM c.s WHERE time >= TIMESTAMP '1970-01-01 00:00:00'",
          "SELECT FLOOR(time TO SECOND), AVG(value) FROM c.s GROUP BY FLOOR(time TO SECOND)",
          "SELECT x.value + 1, UPPER('a'), COUNT(DISTINCT y.value) FROM c.s AS x JOIN c.s AS y ON"
              + " x.time = y.time WHERE x.value > 1 AND CAST(x.value AS VARCHAR) LIKE '%1%' GROUP BY"
              + " x.value ORDER BY 1 DESC LIMIT 5",
          "SELECT SUM(value) OVER (ORDER BY time ROWS 2 PRECEDING), LAG(value) OVER (ORDER BY time)"
              + " FROM c.s",
          "SELECT value FROM c.s UNION SELECT 1 EXCEPT SELECT 2",
          "SELECT * FROM c.s WHERE value IN (SELECT value FROM c.s WHERE time > '1970-01-01')",
          "SELECT value, COUNT(*) FROM c.s GROUP BY ROLLUP(value)",
          "SELECT 1, CURRENT_TIMESTAMP",
          "SELECT * FROM wide.c",
          "SELECT collection, name FROM btrdb.streams WHERE name = 's'",
          "SELECT value FROM c.s WHERE time = ? AND value < ?",
          "INSERT INTO c.s (time, value) VALUES (?, ?)");

  @Test
  void nothingOfTheStatementIsKept() {
    try (TestBtrdb db = new TestBtrdb()) {
      db.stream("c", "s", new long[] {1, 2, 3}, new double[] {1, 2, 3});
      SqlSession session = SqlSession.over(db.btrdb(), SessionOptions.DEFAULT);
      for (String sql : STATEMENTS) {
        PreparedSql prepared = session.prepare(sql, "", CallScope.unbounded());
        if (prepared.parameters().isEmpty()) {
          try (RowCursor rows = prepared.query(List.of(), CallScope.unbounded(), 0)) {
            rows.next();
          }
        }
      }
      assertThat(reached(session)).isEmpty();
    }
  }

  /** That the test above can fail. */
  @Test
  void aScopeWouldBeFound() {
    CallScope scope = CallScope.unbounded();
    Runnable holder = scope::cancel;
    assertThat(reached(Map.of("a", List.of(Optional.of(holder))))).hasSize(1);
  }

  /** The paths to objects that only the statement itself should have. */
  private static List<String> reached(Object root) {
    List<String> paths = new ArrayList<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Map.Entry<Object, String>> open = new ArrayDeque<>();
    open.add(Map.entry(root, ""));
    while (!open.isEmpty()) {
      Map.Entry<Object, String> next = open.remove();
      Object object = next.getKey();
      String path = next.getValue() + "/" + object.getClass().getSimpleName();
      if (object instanceof Btrdb || !seen.add(object)) {
        continue;
      }
      if (STATEMENTS_OWN.stream().anyMatch(type -> type.isInstance(object))) {
        paths.add(path);
        continue;
      }
      for (Object inside : inside(object)) {
        if (inside != null) {
          open.add(Map.entry(inside, path));
        }
      }
    }
    return paths;
  }

  private static List<@Nullable Object> inside(Object object) {
    List<@Nullable Object> inside = new ArrayList<>();
    if (object instanceof Cache<?, ?> cache) {
      inside.add(cache.asMap());
    } else if (object instanceof Map<?, ?> map) {
      inside.addAll(map.keySet());
      inside.addAll(map.values());
    } else if (object instanceof Iterable<?> elements) {
      elements.forEach(inside::add);
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(inside::add);
    } else if (object instanceof Object[] array) {
      inside.addAll(Arrays.asList(array));
    } else if (!object.getClass().getName().startsWith("java.")) {
      for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            inside.add(value(field, object));
          }
        }
      }
    }
    return inside;
  }

  private static @Nullable Object value(Field field, Object of) {
    try {
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null; // the JDK's own
    }
  }
}
