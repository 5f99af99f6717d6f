package org.btrdb.sql.logictest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import net.hydromatic.sqllogictest.SqlTestQueryOutputDescription;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * The values of a query's rows as the scripts write them. What a script calls I is a whole number:
 * fractions are cut and text is 0, as SQLite answers when asked for an integer. R has three digits
 * after the point. A script says so of a column whatever the type of the query's expression.
 *
 * @param values row after row, sorted as the script wants them compared
 */
record LogicAnswer(List<String> values) {

  /** Reads a cursor to its end. */
  static LogicAnswer read(RowCursor rows, SqlTestQueryOutputDescription expected) {
    String types = Objects.requireNonNull(expected.columnTypes);
    List<List<String>> texts = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 0; i < types.length(); i++) {
        row.add(text(rows.getObject(i), types.charAt(i)));
      }
      texts.add(row);
    }
    if (expected.getOrder() == SqlTestQueryOutputDescription.SortOrder.ROW) {
      texts.sort(LogicAnswer::compare);
    }
    List<String> values = new ArrayList<>();
    texts.forEach(values::addAll);
    if (expected.getOrder() == SqlTestQueryOutputDescription.SortOrder.VALUE) {
      values.sort(Comparator.naturalOrder());
    }
    return new LogicAnswer(values);
  }

  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static String text(@Nullable Object value, char type) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Boolean flag) {
      return flag ? "1" : "0";
    }
    if (!(value instanceof Number number)) {
      return type == 'I' ? "0" : value.toString();
    }
    BigDecimal decimal = new BigDecimal(number.toString());
    return switch (type) {
      case 'I' -> decimal.setScale(0, RoundingMode.DOWN).toPlainString();
      case 'R' ->
          new BigDecimal(number.doubleValue()).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
      default -> number.toString();
    };
  }

  /** Whether these are the values that a script expects. */
  boolean is(SqlTestQueryOutputDescription expected) {
    return expected.hash != null
        ? values.size() == expected.getValueCount() && md5().equals(expected.hash)
        : values.equals(expected.getQueryResults());
  }

  private String md5() {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
