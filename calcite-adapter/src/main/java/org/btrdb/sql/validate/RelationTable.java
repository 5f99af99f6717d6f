package org.btrdb.sql.validate;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.TemporalTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.catalog.Relation;
import org.btrdb.sql.catalog.RelationColumn;

/** A table of the catalogue as Calcite sees it. */
public final class RelationTable extends AbstractTable implements TemporalTable {
  private final Relation relation;

  RelationTable(Relation relation) {
    this.relation = relation;
  }

  /** What the name stands for. */
  public Relation relation() {
    return relation;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return rowType(relation.columns(), types);
  }

  /** The type of rows of some columns. */
  static RelDataType rowType(List<RelationColumn> columns, RelDataTypeFactory types) {
    RelDataTypeFactory.Builder builder = types.builder();
    for (RelationColumn column : columns) {
      builder.add(
          column.name(), types.createTypeWithNullability(type(column, types), column.nullable()));
    }
    return builder.build();
  }

  /**
   * Nothing: Calcite only asks so that it may look for a period in a table that has columns for it.
   */
  @Override
  public String getSysStartFieldName() {
    return "";
  }

  @Override
  public String getSysEndFieldName() {
    return "";
  }

  private static RelDataType type(RelationColumn column, RelDataTypeFactory types) {
    return switch (column.type().kind()) {
      case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP, 9);
      case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
      case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
      case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
      case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
      case UUID -> types.createSqlType(SqlTypeName.UUID);
      case VARCHAR -> text(types);
      case MAP ->
          types.createMapType(text(types), types.createTypeWithNullability(text(types), true));
      default -> throw new IllegalStateException("no table has a column of " + column.type());
    };
  }

  private static RelDataType text(RelDataTypeFactory types) {
    return types.createSqlType(SqlTypeName.VARCHAR);
  }
}
