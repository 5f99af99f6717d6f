package org.btrdb.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * A server that holds NaN and infinities, which ours refuses to store: three huge numbers stand for
 * them and are shown as them. Windows over them are as one of two kinds of server would have them:
 * one whose smallest and largest become NaN too, and one whose comparisons pass NaN over.
 */
final class SpecialValues {
  private static final double NAN = 1.5e300;
  private static final double INFINITY = 1.25e300;

  private SpecialValues() {}

  static double[] stored(double[] values) {
    double[] stored = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      stored[i] =
          Double.isNaN(values[i])
              ? NAN
              : Double.isInfinite(values[i]) ? Math.copySign(INFINITY, values[i]) : values[i];
    }
    return stored;
  }

  private static double shown(double stored) {
    return stored == NAN
        ? Double.NaN
        : Math.abs(stored) == INFINITY ? stored * Double.MAX_VALUE : stored;
  }

  /**
   * A BTrDB that shows them.
   *
   * @param spreads whether NaN makes the smallest and the largest value NaN
   */
  static Btrdb shown(Btrdb btrdb, boolean spreads) {
    return (Btrdb)
        Proxy.newProxyInstance(
            Btrdb.class.getClassLoader(),
            new Class<?>[] {Btrdb.class},
            (proxy, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(btrdb, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              return switch (method.getName()) {
                case "raw" -> points(answer);
                case "windows" ->
                    windows(
                        answer,
                        btrdb,
                        (UUID) arguments[0],
                        (Long) arguments[2],
                        arguments,
                        spreads);
                case "alignedWindows" ->
                    windows(
                        answer,
                        btrdb,
                        (UUID) arguments[0],
                        1L << (Integer) arguments[2],
                        arguments,
                        spreads);
                default -> answer;
              };
            });
  }

  @SuppressWarnings("unchecked")
  private static DataCursor<PointBatch> points(Object cursor) {
    return new Mapped<>((DataCursor<PointBatch>) cursor) {
      @Override
      PointBatch mapped(PointBatch batch) {
        long[] times = new long[batch.size()];
        double[] values = new double[batch.size()];
        for (int i = 0; i < times.length; i++) {
          times[i] = batch.time(i);
          values[i] = shown(batch.value(i));
        }
        return PointBatch.of(times, values);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static DataCursor<StatBatch> windows(
      Object cursor, Btrdb btrdb, UUID uuid, long width, Object[] arguments, boolean spreads) {
    return new Mapped<>((DataCursor<StatBatch>) cursor) {
      @Override
      StatBatch mapped(StatBatch batch) {
        StatBatch mapped = new StatBatch(batch.size());
        for (int i = 0; i < batch.size(); i++) {
          if (Math.max(Math.abs(batch.min(i)), Math.abs(batch.max(i))) < INFINITY) {
            mapped.add(
                batch.time(i),
                batch.min(i),
                batch.mean(i),
                batch.max(i),
                batch.count(i),
                batch.stddev(i));
          } else {
            add(mapped, new TimeRange(batch.time(i), batch.time(i) + width));
          }
        }
        return mapped;
      }

      private void add(StatBatch to, TimeRange window) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        long count = 0;
        try (DataCursor<PointBatch> points =
            btrdb.raw(uuid, window, (Long) arguments[3], CallScope.unbounded())) {
          while (points.next()) {
            for (int i = 0; i < points.current().size(); i++) {
              double value = shown(points.current().value(i));
              min = spreads ? Math.min(min, value) : value < min ? value : min;
              max = spreads ? Math.max(max, value) : value > max ? value : max;
              sum += value;
              count++;
            }
          }
        }
        to.add(window.startNanos(), min, sum / count, max, count, Double.NaN);
      }
    };
  }

  private abstract static class Mapped<B> implements DataCursor<B> {
    private final DataCursor<B> cursor;
    private @Nullable B part;

    Mapped(DataCursor<B> cursor) {
      this.cursor = cursor;
    }

    abstract B mapped(B batch);

    @Override
    public boolean next() {
      part = null;
      return cursor.next();
    }

    @Override
    public B current() {
      if (part == null) {
        part = mapped(cursor.current());
      }
      return part;
    }

    @Override
    public StreamVersion version() {
      return cursor.version();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
