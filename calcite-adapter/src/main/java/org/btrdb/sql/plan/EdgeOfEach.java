package org.btrdb.sql.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.btrdb.sql.read.EdgePoint;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.tall.TallColumn;
import org.btrdb.sql.tall.TallEdgeRead;
import org.btrdb.sql.tall.TallOrder;
import org.btrdb.sql.tall.TallRead;
import org.jspecify.annotations.Nullable;

/**
 * {@code ROW_NUMBER() OVER (PARTITION BY uuid ORDER BY time DESC) = 1} over a tall table: the last
 * point of each stream, or with an ascending order the first, which Nearest finds.
 */
final class EdgeOfEach {
  private EdgeOfEach() {}

  static RelNode pushed(Filter filter, List<RexNode> conditions, Project project) {
    if (!(project.getInput() instanceof StreamRead leaf)
        || !(leaf.request() instanceof TallRead read)
        || !read.limit().equals(Limit.NONE)
        || !read.order().equals(TallOrder.NONE)) {
      return filter;
    }
    for (RexNode condition : conditions) {
      RexNode number = numberedFirst(RelOptUtil.pushPastProject(condition, project));
      EdgePoint edge = number == null ? null : edge(number, read);
      if (number != null && edge != null) {
        List<RexNode> projects = withOne(project.getProjects(), number, filter.getCluster());
        if (RexOver.containsOver(projects, null)) {
          return filter; // numbers of rows that would no longer be there
        }
        List<RexNode> rest = new ArrayList<>(conditions);
        rest.remove(condition);
        return PushDown.filtered(filter, project(project, projects, leaf, read, edge), rest);
      }
    }
    return filter;
  }

  /** Expressions over the points, asked for with no more columns than they use. */
  private static RelNode project(
      Project project, List<RexNode> projects, StreamRead leaf, TallRead read, EdgePoint edge) {
    List<Integer> used = RelOptUtil.InputFinder.bits(projects, null).asList();
    List<RelDataTypeField> fields =
        used.stream().map(i -> leaf.getRowType().getFieldList().get(i)).toList();
    StreamRead points =
        StreamRead.of(
            project.getCluster(),
            TallEdgeRead.of(read, edge).withColumns(used),
            project.getCluster().getTypeFactory().createStructType(fields));
    RexShuttle renumbering =
        new RexShuttle() {
          @Override
          public RexNode visitInputRef(RexInputRef ref) {
            return new RexInputRef(used.indexOf(ref.getIndex()), ref.getType());
          }
        };
    return LogicalProject.create(
        points,
        project.getHints(),
        projects.stream().map(node -> node.accept(renumbering)).toList(),
        project.getRowType(),
        project.getVariablesSet());
  }

  /** What a condition holds to its first number, 1; null if it says anything else. */
  private static @Nullable RexNode numberedFirst(RexNode condition) {
    if (!(condition instanceof RexCall call)
        || call.getOperands().size() != 2
        || !(call.getOperands().get(1) instanceof RexLiteral literal)
        || !(literal.getValue() instanceof BigDecimal number)) {
      return null;
    }
    BigDecimal bound = call.getKind() == SqlKind.LESS_THAN ? BigDecimal.valueOf(2) : BigDecimal.ONE;
    boolean first =
        switch (call.getKind()) {
          case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL -> number.compareTo(bound) == 0;
          default -> false;
        };
    return first ? call.getOperands().get(0) : null;
  }

  private static List<RexNode> withOne(
      List<RexNode> projects, RexNode number, RelOptCluster cluster) {
    RexShuttle shuttle =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            return over.equals(number)
                ? cluster.getRexBuilder().makeLiteral(BigDecimal.ONE, over.getType(), true)
                : over;
          }
        };
    return projects.stream().map(node -> node.accept(shuttle)).toList();
  }

  /** Which point of each stream has number 1; null if that is not what is numbered. */
  private static @Nullable EdgePoint edge(RexNode node, TallRead read) {
    if (!(node instanceof RexOver over)
        || over.getAggOperator().getKind() != SqlKind.ROW_NUMBER
        || over.getWindow().orderKeys.size() != 1
        || !isOfOneStream(over.getWindow().partitionKeys, read)) {
      return null;
    }
    RexFieldCollation order = over.getWindow().orderKeys.get(0);
    if (!(order.left instanceof RexInputRef ref) || ref.getIndex() != read.timeColumn()) {
      return null;
    }
    return order.getDirection() == RelFieldCollation.Direction.DESCENDING
        ? EdgePoint.LAST
        : EdgePoint.FIRST;
  }

  private static boolean isOfOneStream(List<RexNode> partition, TallRead read) {
    List<TallColumn.Kind> kinds = new ArrayList<>();
    for (RexNode key : partition) {
      if (!(key instanceof RexInputRef ref)
          || !read.columns().get(ref.getIndex()).describesStream()) {
        return false;
      }
      kinds.add(read.columns().get(ref.getIndex()).kind());
    }
    return kinds.contains(TallColumn.Kind.UUID);
  }
}
