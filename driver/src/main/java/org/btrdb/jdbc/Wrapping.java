package org.btrdb.jdbc;

import java.sql.SQLException;

/** java.sql.Wrapper for objects that wrap nothing but themselves. */
final class Wrapping {

  private Wrapping() {}

  static <T> T unwrap(Object self, Class<T> type) throws SQLException {
    if (type.isInstance(self)) {
      return type.cast(self);
    }
    throw SqlErrors.invalidArgument("no " + type.getName() + " behind this object");
  }
}
