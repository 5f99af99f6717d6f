package org.btrdb.sql.validate;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;

/** Calcite's converter; each SELECT settles the rows of its wide tables when its plan is made. */
final class BlockConverter extends SqlToRelConverter {
  private boolean isArgument;

  BlockConverter(
      RelOptTable.ViewExpander views,
      SqlValidator validator,
      Prepare.CatalogReader reader,
      RelOptCluster cluster,
      SqlRexConvertletTable convertlets,
      Config config) {
    super(views, validator, reader, cluster, convertlets, config);
  }

  @Override
  public RelNode convertSelect(SqlSelect select, boolean top) {
    boolean mayBeTable = isArgument;
    isArgument = false;
    RelNode plan = super.convertSelect(select, top);
    return mayBeTable && NamedStreams.isTable(plan) ? plan : NamedStreams.settled(plan);
  }

  /** {@code TABLE t} as an argument is a SELECT to Calcite: the one around the call names. */
  @Override
  protected void convertCollectionTable(Blackboard bb, SqlCall call) {
    isArgument = true;
    try {
      super.convertCollectionTable(bb, call);
    } finally {
      isArgument = false;
    }
  }
}
