package org.btrdb.sql.operator;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.sql.row.RowCursor;

/** Cursors that are opened together and closed together. */
final class Inputs {
  private Inputs() {}

  /** Opens all, or none. */
  static List<RowCursor> open(List<Operator> operators, Run run) {
    List<RowCursor> opened = new ArrayList<>();
    try {
      for (Operator operator : operators) {
        opened.add(operator.open(run));
      }
      return opened;
    } catch (RuntimeException | Error e) {
      closeAfter(e, opened);
      throw e;
    }
  }

  /** Closes all, also when closing one fails. */
  static void close(List<RowCursor> cursors) {
    RuntimeException failure = null;
    for (RowCursor cursor : cursors) {
      try {
        cursor.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static void closeAfter(Throwable failure, List<RowCursor> cursors) {
    try {
      close(cursors);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
