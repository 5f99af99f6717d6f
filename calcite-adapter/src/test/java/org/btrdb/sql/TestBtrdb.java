package org.btrdb.sql;

import com.google.common.base.Ticker;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/** An embedded BTrDB in memory with a session over it that notes down every call it makes. */
final class TestBtrdb implements AutoCloseable {
  private final Btrdb btrdb = BtrdbConnector.open("mem", "sql-" + UUID.randomUUID(), Map.of());
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final SqlSession session;
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();

  TestBtrdb() {
    this(Ticker.systemTicker(), SessionOptions.DEFAULT);
  }

  /** With a clock for what is remembered for a while. */
  TestBtrdb(Ticker ticker, SessionOptions options) {
    session = new CalciteSqlSession(recorded(null), options, ticker);
  }

  /**
   * A session with other settings.
   *
   * @param capabilities what it says it can do; null for what it can
   */
  TestBtrdb(SessionOptions options, @Nullable Capabilities capabilities) {
    session = SqlSession.over(recorded(capabilities), options);
  }

  private Btrdb recorded(@Nullable Capabilities capabilities) {
    return (Btrdb)
        Proxy.newProxyInstance(
            Btrdb.class.getClassLoader(),
            new Class<?>[] {Btrdb.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("capabilities")) {
                calls.add(method.getName());
                Optional.ofNullable(before.remove(method.getName())).ifPresent(Runnable::run);
              } else if (capabilities != null) {
                return capabilities;
              }
              try {
                Object answer = method.invoke(btrdb, arguments);
                if (answer instanceof Subscription subscription) {
                  subscriptions.add(subscription);
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Creates a stream with these points. */
  UUID stream(String collection, String name, long[] times, double[] values) {
    UUID uuid = UUID.randomUUID();
    btrdb.create(
        new NewStream(uuid, collection, Map.of("name", name), Map.of()), CallScope.unbounded());
    btrdb.insert(uuid, PointBatch.of(times, values), MergePolicy.NEVER, CallScope.unbounded());
    return uuid;
  }

  Btrdb btrdb() {
    return btrdb;
  }

  /** Does something before the next call of a method of {@link Btrdb}. */
  void beforeNext(String method, Runnable action) {
    before.put(method, action);
  }

  /** The calls made since the last {@link #rows} or {@link #update} began, look-ups left out. */
  List<String> calls() {
    return allCalls().stream().filter(c -> !c.equals("lookup")).toList();
  }

  /** All calls since then. */
  List<String> allCalls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** All subscriptions that were ever made. */
  List<Subscription> subscriptions() {
    return subscriptions;
  }

  SqlSession session() {
    return session;
  }

  PreparedSql prepare(String sql) {
    return prepareIn("", sql);
  }

  /** Prepares a statement whose one-part names are looked up in a schema. */
  PreparedSql prepareIn(String schema, String sql) {
    calls.clear();
    return session.prepare(sql, schema, CallScope.unbounded());
  }

  long update(String sql, @Nullable Object... parameters) {
    return prepare(sql).update(java.util.Arrays.asList(parameters), CallScope.unbounded());
  }

  /** The rows of a query, each as a list of objects. */
  List<List<@Nullable Object>> rows(String sql, @Nullable Object... parameters) {
    return rows(prepare(sql), parameters);
  }

  /** What EXPLAIN shows of a query, line by line. */
  List<String> plan(String sql, @Nullable Object... parameters) {
    return rows("EXPLAIN PLAN FOR " + sql, parameters).stream()
        .map(row -> String.valueOf(row.get(0)))
        .toList();
  }

  /** The rows of a query whose one-part names are looked up in a schema. */
  List<List<@Nullable Object>> rowsIn(String schema, String sql) {
    return rows(prepareIn(schema, sql));
  }

  /** The rows of a prepared query, each as a list of objects. */
  static List<List<@Nullable Object>> rows(PreparedSql prepared, @Nullable Object... parameters) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (RowCursor cursor =
        prepared.query(java.util.Arrays.asList(parameters), CallScope.unbounded(), 0)) {
      while (cursor.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < prepared.columns().size(); i++) {
          row.add(cursor.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  @Override
  public void close() {
    btrdb.close();
  }
}
