package org.btrdb.sql.validate;

import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;

/** The SELECT behind which a query may say something about all of it. */
final class FirstSelect {
  private FirstSelect() {}

  /** The first one that is no part of another; none for VALUES and what is no query. */
  static Optional<SqlSelect> of(SqlNode query) {
    if (query instanceof SqlSelect select) {
      return Optional.of(select);
    }
    if (query instanceof SqlOrderBy order) {
      return of(order.query);
    }
    if (query instanceof SqlWith with) {
      return of(with.body);
    }
    return SqlKind.SET_QUERY.contains(query.getKind())
        ? of(((SqlCall) query).operand(0))
        : Optional.empty();
  }
}
