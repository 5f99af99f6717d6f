package org.btrdb.sql.time;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexDynamicParam;

/** A column of an outer row as a parameter of what is run for each of them. */
public final class OuterColumn extends RexDynamicParam {

  OuterColumn(RelDataType type, int index, String name) {
    super(type, index);
    digest = "?" + index + " (" + name + ")"; // the number tells it from one of another row
  }
}
