package org.btrdb.sql.validate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.btrdb.sql.Consistency;
import org.btrdb.sql.SqlRefusal;

/** {@code SELECT /*+ CONSISTENCY(PINNED) *}{@code /}: which states one statement reads. */
public final class ConsistencyHint {
  private static final String NAME = "CONSISTENCY";

  private ConsistencyHint() {}

  /**
   * Takes the hint out of a query, in place, and says what its first SELECT asks for.
   *
   * @throws SqlRefusal if it asks for something else by a hint: that would be passed over
   */
  public static Optional<Consistency> takenFrom(SqlNode query) {
    SqlSelect select = FirstSelect.of(query).orElse(null);
    if (select == null || !select.hasHints()) {
      return Optional.empty();
    }
    SqlNodeList hints = select.getHints();
    select.setHints(SqlNodeList.EMPTY);
    if (hints.size() != 1 || !(hints.get(0) instanceof SqlHint hint)) {
      throw unknown(hints.toString());
    }
    List<String> options = hint.getOptionList();
    return Optional.of(
        Arrays.stream(Consistency.values())
            .filter(c -> hint.getName().equalsIgnoreCase(NAME))
            .filter(c -> options.size() == 1 && options.get(0).equalsIgnoreCase(c.name()))
            .findFirst()
            .orElseThrow(() -> unknown(hint.getName() + options)));
  }

  private static SqlRefusal unknown(String hint) {
    return new SqlRefusal(
        SqlRefusal.Reason.INVALID, "hints are " + NAME + "(" + choices() + "), not " + hint, null);
  }

  private static String choices() {
    return String.join(
        "), CONSISTENCY(", Arrays.stream(Consistency.values()).map(Enum::name).toList());
  }
}
