package org.btrdb.sql.validate;

import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rex.RexUtil;
import org.btrdb.sql.catalog.NarrowedWideTable;
import org.btrdb.sql.catalog.WideTable;

/**
 * Settles which streams make the rows of a wide table: those that the SELECT names which has it in
 * its FROM. A query around that one must not change them, or the same sub-query would have other
 * rows in another query.
 */
final class NamedStreams extends UsedColumns {
  private NamedStreams() {}

  /** The plan of a SELECT with its wide tables settled. */
  static RelNode settled(RelNode select) {
    return new NamedStreams().passed(select);
  }

  /**
   * Whether a plan is that of {@code SELECT * FROM table}, as which Calcite has TABLE arguments.
   */
  static boolean isTable(RelNode select) {
    return select instanceof TableScan
        || (select instanceof Project project
            && project.getInput() instanceof TableScan scan
            && RexUtil.isIdentity(project.getProjects(), scan.getRowType()));
  }

  @Override
  protected RelNode other(RelNode node, BitSet used) {
    if (node instanceof TableScan scan) {
      return settled(scan, used);
    }
    if (node instanceof Correlate correlate) {
      BitSet both = (BitSet) used.clone();
      correlate.getRequiredColumns().forEach(both::set);
      return sides(correlate, both);
    }
    if (node instanceof TableFunctionScan call && call.getInputs().size() == 1) {
      BitSet below = used.get(0, call.getInput(0).getRowType().getFieldCount());
      add(below, call, call.getCall());
      return below(call, below);
    }
    return PlanInputs.rewritten(node, this::passed);
  }

  private static RelNode settled(TableScan scan, BitSet used) {
    RelationTable table = scan.getTable().unwrap(RelationTable.class);
    if (table == null || !(table.relation() instanceof WideTable wide)) {
      return scan;
    }
    Set<Integer> streams = new TreeSet<>();
    used.stream().filter(column -> column > 0).forEach(column -> streams.add(column - 1));
    RelOptTable narrowed =
        RelOptTableImpl.create(
            scan.getTable().getRelOptSchema(),
            scan.getRowType(),
            scan.getTable().getQualifiedName(),
            new RelationTable(NarrowedWideTable.of(wide, streams)),
            type -> Expressions.constant(null));
    return LogicalTableScan.create(scan.getCluster(), narrowed, scan.getHints());
  }
}
