package org.btrdb.sql.catalog;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A wide table in a query that names some of its streams: its rows are their times.
 *
 * @param wide the table, whose columns it keeps
 * @param streams numbers of the streams, from 0
 */
public record NarrowedWideTable(WideTable wide, Set<Integer> streams) implements Relation {

  /** Copies the set. */
  public NarrowedWideTable {
    streams = java.util.Collections.unmodifiableSet(new TreeSet<>(streams));
  }

  /** A table of which a query names some streams, or none, which means all. */
  public static NarrowedWideTable of(WideTable wide, Set<Integer> named) {
    return new NarrowedWideTable(
        wide,
        named.isEmpty()
            ? new TreeSet<>(IntStream.range(0, wide.streams().size()).boxed().toList())
            : named);
  }

  @Override
  public String schema() {
    return wide.schema();
  }

  @Override
  public String table() {
    return wide.table();
  }

  @Override
  public List<RelationColumn> columns() {
    return wide.columns();
  }
}
