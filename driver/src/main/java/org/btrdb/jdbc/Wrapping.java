package org.btrdb.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** java.sql.Wrapper for objects that wrap nothing but themselves. */
final class Wrapping {

  private Wrapping() {}

  static <T> T unwrap(Object self, @Nullable Class<T> type) throws SQLException {
    if (type != null && isWrapper(self, type)) {
      return type.cast(self);
    }
    throw SqlErrors.invalidArgument(
        "no " + (type == null ? "null" : type.getName()) + " behind this object");
  }

  static boolean isWrapper(Object self, @Nullable Class<?> type) {
    return type != null && type.isInstance(self);
  }
}
