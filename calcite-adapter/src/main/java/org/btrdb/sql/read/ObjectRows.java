package org.btrdb.sql.read;

import java.util.Iterator;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;

/** Rows that Calcite, or nobody, had to compute: one array of objects each. */
public final class ObjectRows extends ObjectRow {
  private final Iterator<@Nullable Object[]> rows;
  private final Runnable onClose;
  private final Ticks ticks;
  private boolean closed;

  /** Rows of an iterator; closing them runs an action once. */
  public ObjectRows(Iterator<@Nullable Object[]> rows, Runnable onClose, CallScope scope) {
    super(new Object[0]);
    this.rows = rows;
    this.onClose = onClose;
    this.ticks = new Ticks(scope);
  }

  @Override
  public boolean next() {
    ticks.tick();
    if (closed || !rows.hasNext()) {
      return false;
    }
    show(rows.next());
    return true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
