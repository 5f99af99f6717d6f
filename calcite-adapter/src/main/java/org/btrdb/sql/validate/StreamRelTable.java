package org.btrdb.sql.validate;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.sql.catalog.StreamTable;

/** A stream as Calcite sees it: {@code (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)}. */
public final class StreamRelTable extends AbstractTable {
  private final StreamTable table;

  StreamRelTable(StreamTable table) {
    this.table = table;
  }

  /** The stream behind it. */
  public StreamTable table() {
    return table;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    return types
        .builder()
        .add("time", SqlTypeName.TIMESTAMP, 9)
        .add("value", SqlTypeName.DOUBLE)
        .build();
  }
}
