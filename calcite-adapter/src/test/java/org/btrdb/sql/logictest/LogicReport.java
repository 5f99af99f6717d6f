package org.btrdb.sql.logictest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came out of some scripts; any number of threads may add to it. */
final class LogicReport {
  private static final int MOST_FAILURES_SHOWN = 20;

  private final String name;
  private final Map<String, Integer> skips = new TreeMap<>();
  private final Map<String, Integer> declines = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private long[] nanos = new long[1024];
  private int timed;
  private String slowest = "";
  private long slowestNanos;
  private int files;
  private int queries;
  private int passed;
  private int compared;

  /** An empty report on scripts of that name. */
  LogicReport(String name) {
    this.name = name;
  }

  synchronized void file() {
    files++;
  }

  synchronized void passed() {
    queries++;
    passed++;
  }

  synchronized void failed(String what) {
    queries++;
    failures.add(what);
  }

  synchronized void skipped(String reason) {
    queries++;
    skips.merge(reason, 1, Integer::sum);
  }

  /** Our operators did not cover the query, so Calcite's Enumerable answered it. */
  synchronized void declined(String reason) {
    declines.merge(reason, 1, Integer::sum);
  }

  /** The query was answered alike by both executors. */
  synchronized void compared() {
    compared++;
  }

  /** A query was prepared and run by our operators in that time. */
  synchronized void timed(String sql, long queryNanos) {
    if (timed == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * timed);
    }
    nanos[timed++] = queryNanos;
    if (queryNanos > slowestNanos) {
      slowestNanos = queryNanos;
      slowest = sql;
    }
  }

  synchronized int queries() {
    return queries;
  }

  synchronized int passedQueries() {
    return passed;
  }

  synchronized int comparedQueries() {
    return compared;
  }

  /** The failures, each as several lines; not all if there are many. */
  synchronized String failures() {
    return failures.stream()
        .sorted()
        .limit(MOST_FAILURES_SHOWN)
        .collect(Collectors.joining("\n", "", failures.isEmpty() ? "" : "\n"));
  }

  /** All numbers in one line. */
  @Override
  public synchronized String toString() {
    long[] sorted = Arrays.copyOf(nanos, timed);
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%s: %d files, %d queries, %d passed, %d failed, skipped %s; by Enumerable as well %d, only"
            + " %s; p50 %.1f ms, p99 %.1f ms, slowest %.0f ms: %s",
        name,
        files,
        queries,
        passed,
        failures.size(),
        skips,
        compared,
        declines,
        millis(sorted, 0.5),
        millis(sorted, 0.99),
        slowestNanos / 1e6,
        slowest.substring(0, Math.min(300, slowest.length())).replaceAll("\\s+", " "));
  }

  private static double millis(long[] sorted, double part) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (sorted.length * part))] / 1e6;
  }
}
