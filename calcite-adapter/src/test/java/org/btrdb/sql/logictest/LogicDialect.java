package org.btrdb.sql.logictest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.btrdb.sql.parser.BtrdbParser;
import org.jspecify.annotations.Nullable;

/**
 * A query of a script, which speaks SQLite, in our dialect: the same tree but for
 *
 * <ul>
 *   <li>its tables, which are named by a WITH clause in front;
 *   <li>{@code REAL}: of 64 bits there, of 32 here, so DOUBLE is written;
 *   <li>{@code ORDER BY}: NULL is the smallest value there, the last in both directions here.
 * </ul>
 *
 * <p>Division of whole numbers gives a whole number in both. By 0 it gives NULL there and is
 * refused here; {@link #translateDivisions} is for the queries that do it.
 */
final class LogicDialect extends SqlShuttle {
  private static final SqlDialect TEXT =
      new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

  private final Set<String> names = new HashSet<>();
  private final boolean dividesByZero;
  private boolean hasStar;

  private LogicDialect(boolean dividesByZero) {
    this.dividesByZero = dividesByZero;
  }

  /**
   * The query over the tables' collections.
   *
   * @throws Unmapped if it uses what they cannot express
   */
  static String translate(String query, Map<String, LogicTable> tables) throws Unmapped {
    return new LogicDialect(false).translated(query, tables);
  }

  /** The query with {@code a / NULLIF(b, 0)} for {@code a / b}. */
  static String translateDivisions(String query, Map<String, LogicTable> tables) throws Unmapped {
    return new LogicDialect(true).translated(query, tables);
  }

  private String translated(String query, Map<String, LogicTable> tables) throws Unmapped {
    SqlNode tree = visited(BtrdbParser.parse(query));
    List<String> with = new ArrayList<>();
    for (Map.Entry<String, LogicTable> table : tables.entrySet()) {
      if (names.contains(table.getKey())) {
        with.add(table.getValue().withItem(usesText(table.getValue())));
      }
    }
    String body = tree.toSqlString(LogicDialect::format).getSql();
    return with.isEmpty() ? body : "WITH " + String.join(", ", with) + " " + body;
  }

  private static SqlWriterConfig format(SqlWriterConfig config) {
    return config
        .withDialect(TEXT)
        .withQuoteAllIdentifiers(true)
        .withAlwaysUseParentheses(true)
        .withSelectListItemsOnSeparateLines(false)
        .withClauseStartsLine(false)
        .withIndentation(0);
  }

  private boolean usesText(LogicTable table) {
    return table.columns().stream()
        .anyMatch(
            column ->
                column.type() == LogicTable.Type.TEXT
                    && (hasStar || names.contains(column.name())));
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    hasStar |= name.isStar();
    names.addAll(name.names);
    return name;
  }

  @Override
  public SqlNode visit(SqlDataTypeSpec type) {
    return type.getTypeName().getSimple().equals(SqlTypeName.REAL.getName())
        ? doubleType(type.getParserPosition())
        : type;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    if (call instanceof SqlOrderBy order) {
      return new SqlOrderBy(
          order.getParserPosition(),
          visited(order.query),
          (SqlNodeList) visited(smallestNull(order.orderList)),
          order.offset,
          order.fetch);
    }
    String function = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (function.equals("COUNT") && isStar(call.operand(0))) {
      return call; // COUNT(*) uses no column
    }
    if (dividesByZero && call.getKind() == SqlKind.DIVIDE) {
      SqlNode divisor = visited(call.operand(1));
      SqlParserPos position = divisor.getParserPosition();
      return SqlStdOperatorTable.DIVIDE.createCall(
          call.getParserPosition(),
          visited(call.operand(0)),
          SqlStdOperatorTable.NULLIF.createCall(
              position, divisor, SqlLiteral.createExactNumeric("0", position)));
    }
    return super.visit(call);
  }

  private static boolean isStar(SqlNode node) {
    return node instanceof SqlIdentifier name && name.isStar();
  }

  private SqlNode visited(SqlNode node) {
    return Objects.requireNonNull(node.accept(this));
  }

  private static SqlDataTypeSpec doubleType(SqlParserPos position) {
    return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, position), position);
  }

  private static SqlNodeList smallestNull(SqlNodeList keys) {
    SqlNodeList explicit = new SqlNodeList(keys.getParserPosition());
    for (SqlNode key : keys) {
      boolean isDescending = key.getKind() == SqlKind.DESCENDING;
      explicit.add(
          (isDescending ? SqlStdOperatorTable.NULLS_LAST : SqlStdOperatorTable.NULLS_FIRST)
              .createCall(key.getParserPosition(), key));
    }
    return explicit;
  }
}
