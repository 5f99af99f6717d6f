package org.btrdb.sql.validate;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSampleSpec;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlTableRef;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/** What parses and what Calcite then would pass over, or would blame on something else. */
final class RefusedForms extends SqlBasicVisitor<@Nullable Void> {
  private static final BigDecimal MAX_ROWS = BigDecimal.valueOf(Long.MAX_VALUE);

  /** What no parameter can become: those are texts, numbers and times. */
  private static final Set<String> BINARIES = Set.of("BINARY", "VARBINARY");

  private final String systemSchema;
  private boolean isInner;

  /**
   * What is refused.
   *
   * @param systemSchema the schema whose tables nobody writes to
   */
  RefusedForms(String systemSchema) {
    this.systemSchema = systemSchema;
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlWithItem item && item.recursive.booleanValue()) {
      throw unsupported("WITH RECURSIVE is not supported");
    }
    if (call instanceof SqlWith with) {
      checkNames(with);
    }
    if (call instanceof SqlSelect select && select.isKeywordPresent(SqlSelectKeyword.STREAM)) {
      throw unsupported("STREAM belongs behind the first SELECT of a statement, not into a part");
    }
    if ((call instanceof SqlSelect select && select.hasHints())
        || (call instanceof SqlTableRef table && hasHints(table))) {
      throw unsupported("a hint stands behind the first SELECT of a query, and is of all of it");
    }
    if (call instanceof SqlSelect select && isInner) {
      select.getSelectList().accept(new RandomNumbers());
    }
    if (call instanceof SqlOrderBy order) {
      checkWhole("LIMIT", order.fetch);
      checkWhole("OFFSET", order.offset);
    }
    if (call instanceof SqlInsert insert
        && insert.getTargetTable() instanceof SqlIdentifier target
        && target.names.size() > 1
        && target.names.get(0).equalsIgnoreCase(systemSchema)) {
      throw unsupported("points are inserted into a stream; '" + target + "' is none");
    }
    if (call.getKind() == SqlKind.TABLESAMPLE
        && call.operand(1) instanceof SqlLiteral literal
        && literal.getValue() instanceof SqlSampleSpec.SqlSubstitutionSampleSpec) {
      throw unsupported("TABLESAMPLE SUBSTITUTE is not supported");
    }
    if (call.getKind() == SqlKind.WITHIN_GROUP && call.operand(0) instanceof SqlCall ordered) {
      ordered.getOperandList().forEach(operand -> operand.accept(this));
      return call.operand(1).accept(this);
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (call.getKind() == SqlKind.CAST
        && call.operand(0) instanceof SqlDynamicParam
        && call.operand(1) instanceof SqlDataTypeSpec type
        && BINARIES.contains(type.getTypeName().toString().toUpperCase(Locale.ROOT))) {
      throw unsupported("a parameter AS " + type.getTypeName() + " is not supported");
    }
    if (name.equals("PERCENTILE_CONT") || name.equals("PERCENTILE_DISC")) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          name + " takes a fraction and an order: " + name + "(0.5) WITHIN GROUP (ORDER BY value)",
          null);
    }
    return call instanceof SqlSelect || call instanceof SqlWith
        ? visitQuery(call)
        : super.visit(call);
  }

  private @Nullable Void visitQuery(SqlCall query) {
    boolean outer = isInner;
    for (SqlNode part : query.getOperandList()) {
      boolean isBody = query instanceof SqlWith with && part == with.body;
      isInner = outer || !isBody;
      if (part != null) {
        part.accept(this);
      }
    }
    isInner = outer;
    return null;
  }

  /** Calcite draws anew for each use of a column that a sub-query drew. */
  private static final class RandomNumbers extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlCall call) {
      String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
      if (name.equals("RAND") || name.equals("RAND_INTEGER")) {
        throw unsupported(name + " is not supported in the SELECT list of a sub-query");
      }
      return super.visit(call);
    }
  }

  private static boolean hasHints(SqlTableRef table) {
    return table.operand(1) instanceof SqlNodeList hints && !hints.isEmpty();
  }

  private static void checkNames(SqlWith with) {
    Set<String> names = new HashSet<>();
    for (SqlNode node : with.withList) {
      String name = ((SqlWithItem) node).name.getSimple();
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID, "WITH names two queries '" + name + "'", null);
      }
    }
  }

  /** Calcite cuts the fraction, and fails for what is no BIGINT. */
  private static void checkWhole(String clause, @Nullable SqlNode number) {
    if (number instanceof SqlNumericLiteral literal
        && literal.getValue() instanceof BigDecimal value
        && (value.stripTrailingZeros().scale() > 0 || value.compareTo(MAX_ROWS) > 0)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          clause + " takes a whole number up to " + MAX_ROWS + ", not " + value,
          null);
    }
  }

  private static SqlRefusal unsupported(String message) {
    return new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, message, null);
  }
}
