package org.btrdb.sql.plan;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.btrdb.sql.time.TimeLowering;

/** Makes a read request of every table. */
public final class ReadLeaves implements TimeLowering.Leaves {

  @Override
  public RelNode scan(TableScan scan, RelDataType rowType) {
    return StreamRead.ofScan(scan, rowType);
  }

  @Override
  public RelNode atVersion(RelNode leaf, RexNode version) {
    return StreamRead.atVersion(leaf, version);
  }
}
