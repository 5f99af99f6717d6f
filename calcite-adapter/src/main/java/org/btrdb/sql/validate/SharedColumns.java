package org.btrdb.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The columns that the sides of a FROM clause share by USING or NATURAL, and what their plain names
 * stand for: the value of the side that always has one, else the first that is not NULL.
 *
 * <p>Calcite knows this in the select list only, and there as COALESCE even where one side is
 * enough, which no push-down sees through; and it joins a third table to the first where the value
 * is the second's.
 */
final class SharedColumns {
  private final SqlNode from;
  private final Tables tables;

  /** Knows the columns of tables. */
  @FunctionalInterface
  interface Tables {
    /** The columns of a table; empty if it is not known, or no table of the catalogue. */
    Optional<List<String>> columns(SqlIdentifier table);
  }

  /** The shared columns of a FROM clause whose tables have their schemas. */
  SharedColumns(SqlNode from, Tables tables) {
    this.from = from;
    this.tables = tables;
  }

  /** Whether any join shares columns. */
  boolean areThere() {
    return isThere(from);
  }

  private static boolean isThere(SqlNode node) {
    return node instanceof SqlJoin join
        && (join.isNatural()
            || join.getConditionType() == JoinConditionType.USING
            || isThere(join.getLeft())
            || isThere(join.getRight()));
  }

  /** What a plain name stands for; null if no join shares it. */
  @Nullable SqlNode value(String name, SqlParserPos at) {
    return shares(from, name) ? value(from, name, at) : null;
  }

  private boolean shares(SqlNode node, String name) {
    return node instanceof SqlJoin join
        && (names(join).stream().anyMatch(name::equalsIgnoreCase)
            || (shares(join.getLeft(), name) && lacks(join.getRight(), name))
            || (shares(join.getRight(), name) && lacks(join.getLeft(), name)));
  }

  private boolean lacks(SqlNode side, String name) {
    return columns(side)
        .map(columns -> columns.stream().noneMatch(name::equalsIgnoreCase))
        .orElse(false);
  }

  /** The names that the two sides of a join share. */
  private List<String> names(SqlJoin join) {
    if (join.isNatural()) {
      Optional<List<String>> left = columns(join.getLeft());
      Optional<List<String>> right = columns(join.getRight());
      return left.isPresent() && right.isPresent()
          ? left.get().stream()
              .filter(l -> right.get().stream().anyMatch(l::equalsIgnoreCase))
              .toList()
          : List.of();
    }
    return join.getConditionType() == JoinConditionType.USING
            && join.getCondition() instanceof SqlNodeList list
        ? SqlIdentifier.simpleNames(list)
        : List.of();
  }

  private @Nullable SqlNode value(SqlNode node, String name, SqlParserPos at) {
    if (!(node instanceof SqlJoin join)) {
      String alias = alias(node);
      return alias == null
          ? null
          : new SqlIdentifier(List.of(alias, name), null, at, List.of(SqlParserPos.ZERO, at));
    }
    if (names(join).stream().noneMatch(name::equalsIgnoreCase)) {
      return value(lacks(join.getLeft(), name) ? join.getRight() : join.getLeft(), name, at);
    }
    if (join.getJoinType() == JoinType.RIGHT) {
      return value(join.getRight(), name, at);
    }
    SqlNode left = value(join.getLeft(), name, at);
    if (join.getJoinType() != JoinType.FULL) {
      return left;
    }
    SqlNode right = value(join.getRight(), name, at);
    return left == null || right == null
        ? null
        : SqlStdOperatorTable.COALESCE.createCall(at, left, right);
  }

  /** The columns of a side as SELECT * would show them; empty if that cannot be seen. */
  private Optional<List<String>> columns(SqlNode node) {
    if (node instanceof SqlJoin join) {
      return columns(join.getLeft())
          .flatMap(left -> columns(join.getRight()).map(right -> concat(left, right)));
    }
    if (node instanceof SqlIdentifier table) {
      return tables.columns(table);
    }
    if (node instanceof SqlSelect select) {
      return selected(select);
    }
    return switch (node.getKind()) {
      case AS ->
          ((SqlCall) node).operandCount() == 2
              ? columns(((SqlCall) node).operand(0))
              : Optional.of(
                  ((SqlCall) node)
                      .getOperandList().stream()
                          .skip(2)
                          .map(n -> ((SqlIdentifier) n).getSimple())
                          .toList());
      case SNAPSHOT, TABLE_REF, TABLESAMPLE -> columns(((SqlCall) node).operand(0));
      default -> Optional.empty();
    };
  }

  private static Optional<List<String>> selected(SqlSelect select) {
    List<String> names = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      if (item.getKind() == SqlKind.AS) {
        names.add(((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple());
      } else if (item instanceof SqlIdentifier name && !name.isStar()) {
        names.add(name.names.get(name.names.size() - 1));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  private static List<String> concat(List<String> left, List<String> right) {
    List<String> both = new ArrayList<>(left);
    right.stream().filter(r -> left.stream().noneMatch(r::equalsIgnoreCase)).forEach(both::add);
    return both;
  }

  private static @Nullable String alias(SqlNode node) {
    if (node instanceof SqlIdentifier table) {
      return table.names.get(table.names.size() - 1);
    }
    return switch (node.getKind()) {
      case AS -> ((SqlIdentifier) ((SqlCall) node).operand(1)).getSimple();
      case SNAPSHOT, TABLE_REF, TABLESAMPLE -> alias(((SqlCall) node).operand(0));
      default -> null;
    };
  }

  /**
   * Writes conditions out where a side of a join already shares its columns in a way that Calcite
   * would not see.
   *
   * @param showsAll whether the select list has a star, which would then show a column twice
   */
  void writeConditions(boolean showsAll) {
    writeConditions(from, showsAll);
  }

  private void writeConditions(SqlNode node, boolean showsAll) {
    if (!(node instanceof SqlJoin join)) {
      return;
    }
    List<String> names = names(join);
    boolean isPlain =
        names.stream().allMatch(n -> isFirst(join.getLeft(), n) && isFirst(join.getRight(), n));
    if (!isPlain) {
      SqlNode condition = null;
      for (String name : names) {
        SqlNode left = value(join.getLeft(), name, SqlParserPos.ZERO);
        SqlNode right = value(join.getRight(), name, SqlParserPos.ZERO);
        if (showsAll || left == null || right == null) {
          throw new SqlRefusal(
              SqlRefusal.Reason.UNSUPPORTED,
              "several joins that share '"
                  + name
                  + "', one of them RIGHT or FULL: name the columns and give every table an alias",
              null);
        }
        SqlNode equal = SqlStdOperatorTable.EQUALS.createCall(SqlParserPos.ZERO, left, right);
        condition =
            condition == null
                ? equal
                : SqlStdOperatorTable.AND.createCall(SqlParserPos.ZERO, condition, equal);
      }
      join.setOperand(1, SqlLiteral.createBoolean(false, SqlParserPos.ZERO));
      join.setOperand(4, JoinConditionType.ON.symbol(SqlParserPos.ZERO));
      join.setOperand(5, condition);
    }
    writeConditions(join.getLeft(), showsAll);
    writeConditions(join.getRight(), showsAll);
  }

  /** Whether a shared column of a side is that of the first table in it. */
  private boolean isFirst(SqlNode node, String name) {
    if (!(node instanceof SqlJoin join) || !shares(join, name)) {
      return true;
    }
    return join.getJoinType() != JoinType.RIGHT
        && join.getJoinType() != JoinType.FULL
        && isFirst(join.getLeft(), name);
  }
}
