package org.btrdb.sql.validate;

import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;

/**
 * The types of a statement's parameters by their numbers. The validator itself lists them as it
 * meets them, which is another order where arguments were given by name.
 */
final class ParameterTypes {
  private ParameterTypes() {}

  /** A row of the types of all parameters of a checked statement. */
  static RelDataType of(SqlNode validated, SqlValidator validator) {
    Map<Integer, RelDataType> types = new TreeMap<>();
    validated.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlCall call) {
            if (call instanceof SqlSelect select) {
              widen(select.getFetch());
              widen(select.getOffset());
            }
            return super.visit(call);
          }

          /** Calcite says INTEGER, though it takes longer literals. */
          private void widen(@Nullable SqlNode rows) {
            if (rows instanceof SqlDynamicParam) {
              validator.setValidatedNodeType(
                  rows, validator.getTypeFactory().createSqlType(SqlTypeName.BIGINT));
            }
          }

          @Override
          public @Nullable Void visit(SqlDynamicParam parameter) {
            types.put(parameter.getIndex(), validator.getValidatedNodeType(parameter));
            return null;
          }
        });
    RelDataTypeFactory.Builder row = validator.getTypeFactory().builder();
    types.forEach((index, type) -> row.add("?" + index, type));
    return row.build();
  }
}
