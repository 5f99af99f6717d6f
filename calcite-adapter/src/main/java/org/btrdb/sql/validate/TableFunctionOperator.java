package org.btrdb.sql.validate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.RelationColumn;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.tablefunction.TableFunction;

/** A table function as Calcite sees it; its calls have all arguments, in order. */
public final class TableFunctionOperator extends SqlFunction implements SqlTableFunction {
  private static final Map<TableFunction, TableFunctionOperator> OPERATORS =
      Arrays.stream(TableFunction.values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), TableFunctionOperator::new));

  private final TableFunction function;

  private TableFunctionOperator(TableFunction function) {
    super(
        function.functionName().toUpperCase(Locale.ROOT),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.CURSOR,
        new ArgumentTypes(function.arguments()),
        new ArgumentCheck(function),
        SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
    this.function = function;
  }

  /** All of them. */
  static List<SqlOperator> all() {
    return List.copyOf(OPERATORS.values());
  }

  static TableFunctionOperator of(TableFunction function) {
    return java.util.Objects.requireNonNull(OPERATORS.get(function));
  }

  /** The function. */
  public TableFunction function() {
    return function;
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return this::rowType;
  }

  private RelDataType rowType(SqlOperatorBinding binding) {
    List<RelationColumn> columns =
        function == TableFunction.STREAMSET
            ? streamColumns(((SqlCallBinding) binding).operand(0))
            : function.columns();
    return RelationTable.rowType(columns, binding.getTypeFactory());
  }

  /** The time, and a column for each stream, named as it was given. */
  private static List<RelationColumn> streamColumns(SqlNode streams) {
    List<RelationColumn> columns = new ArrayList<>();
    columns.add(new RelationColumn("time", ColumnType.TIMESTAMP, false));
    Set<String> names = new HashSet<>(Set.of("time"));
    for (String name : ArgumentCheck.texts(streams)) {
      if (!names.add(name)) {
        throw new SqlRefusal(
            SqlRefusal.Reason.INVALID, "streamset has two columns named '" + name + "'", null);
      }
      columns.add(new RelationColumn(name, ColumnType.DOUBLE, true));
    }
    return columns;
  }
}
