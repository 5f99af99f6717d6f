package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.row.RowCursor;

/** Opens several requests: their calls are under way together before any answer is awaited. */
public final class OpenAll {
  private OpenAll() {}

  /** Cursors in the order of the requests; if one cannot be opened, none stays open. */
  public static List<RowCursor> of(List<? extends ReadRequest> requests, Execution execution) {
    List<RowCursor> cursors = new ArrayList<>(requests.size());
    try {
      requests.forEach(request -> cursors.add(request.open(execution)));
      return cursors;
    } catch (RuntimeException e) {
      cursors.forEach(RowCursor::close);
      throw e;
    }
  }
}
