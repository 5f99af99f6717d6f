package org.btrdb.client.grpc.arrow;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Failures of what is no Arrow stream of the columns expected. */
final class Violations {

  private Violations() {}

  static BtrdbException of(String what) {
    return of(what, null);
  }

  static BtrdbException of(String what, @Nullable Throwable cause) {
    return new BtrdbException(ErrorCode.PROTOCOL_VIOLATION, "an Arrow stream " + what, cause);
  }

  static BtrdbException inColumn(ArrowSchema schema, int column, String what) {
    return of("has " + what + " in column " + (column + 1) + ", " + name(schema, column));
  }

  private static String name(ArrowSchema schema, int column) {
    return schema.columns().get(column).name();
  }
}
