package org.btrdb.sql.read;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.StreamTable;
import org.btrdb.sql.row.RowCursor;

/**
 * A request about a stream that is known only when the statement runs; no row if it is NULL.
 *
 * @param streamId what {@link StreamIds} finds it by
 * @param template the request, of {@link StreamIds#unknown no stream yet}
 * @param isUuid whether it is a uuid that came from a table, which needs no look-up
 */
public record DeferredRead(Scalar streamId, StreamRequest template, boolean isUuid)
    implements ReadRequest {

  @Override
  public Limit limit() {
    return template.limit();
  }

  @Override
  public DeferredRead withLimit(Limit limit) {
    return new DeferredRead(streamId, template.withLimit(limit), isUuid);
  }

  @Override
  public DeferredRead withColumns(List<Integer> columns) {
    return new DeferredRead(streamId, template.withColumns(columns), isUuid);
  }

  @Override
  public DeferredRead using(BitSet used) {
    return new DeferredRead(streamId, template.using(used), isUuid);
  }

  @Override
  public boolean isOrderedBy(int column) {
    return template.isOrderedBy(column);
  }

  @Override
  public boolean isOrderUnique() {
    return template.isOrderUnique();
  }

  @Override
  public boolean isAtMostOneRow() {
    return template.isAtMostOneRow();
  }

  @Override
  public RowCursor open(Execution execution) {
    Object id = streamId.body().value(execution.parameters());
    return id == null
        ? new ObjectRows(Collections.emptyIterator(), () -> {}, execution.scope())
        : found(id, execution).open(execution);
  }

  private StreamRequest found(Object id, Execution execution) {
    Catalog catalog = execution.session().catalog();
    StreamTable table =
        isUuid && id instanceof UUID uuid
            ? StreamIds.of(uuid, catalog)
            : StreamIds.find(id, catalog, execution.scope());
    return template.withTable(table);
  }

  @Override
  public List<String> calls(Execution execution) {
    Object id = streamId.body().value(execution.parameters());
    return id == null ? List.of("no call: no stream") : found(id, execution).calls(execution);
  }

  @Override
  public String text() {
    return "once found, " + template.text(); // or it could be taken for a stream of that name
  }
}
