package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Bucket;
import org.btrdb.sql.read.PointsRequest;
import org.btrdb.sql.read.TimeBounds;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.time.NanoOperators;
import org.btrdb.sql.validate.PlanInputs;

/** Puts a {@link GapFill} above each aggregate that has the marker of one among its keys. */
public final class GapFilling {
  private GapFilling() {}

  /**
   * The plan without markers.
   *
   * @throws SqlRefusal if one is where it means nothing
   */
  public static RelNode placed(RelNode root) {
    RelNode placed = place(root);
    refuseMarkers(placed);
    return placed;
  }

  private static RelNode place(RelNode node) {
    if (node instanceof Project project
        && project.getInput() instanceof Aggregate aggregate
        && gapKey(aggregate) >= 0) {
      return filled(aggregate, project);
    }
    if (node instanceof Aggregate aggregate && gapKey(aggregate) >= 0) {
      return GapFill.of(unmarked(aggregate), spec(aggregate, List.of()));
    }
    return PlanInputs.rewritten(node, GapFilling::place);
  }

  /** The number of the key that has the marker; -1 if none has. */
  private static int gapKey(Aggregate aggregate) {
    if (!(aggregate.getInput() instanceof Project project)) {
      return -1;
    }
    List<Integer> keys = aggregate.getGroupSet().asList();
    for (int i = 0; i < keys.size(); i++) {
      if (isCall(project.getProjects().get(keys.get(i)), NanoOperators.GAPFILL)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isCall(RexNode node, SqlOperator operator) {
    return node instanceof RexCall call && call.getOperator().equals(operator);
  }

  /** The aggregate without the marker. */
  private static RelNode unmarked(Aggregate aggregate) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      throw unsupported("date_bin_gapfill in GROUPING SETS, CUBE or ROLLUP is not supported");
    }
    Project project = (Project) aggregate.getInput();
    int key = aggregate.getGroupSet().nth(gapKey(aggregate));
    List<RexNode> projects = new ArrayList<>(project.getProjects());
    projects.set(key, ((RexCall) projects.get(key)).getOperands().get(0));
    return aggregate.copy(
        aggregate.getTraitSet(),
        List.of(
            project.copy(
                project.getTraitSet(), place(project.getInput()), projects, project.getRowType())));
  }

  private static GapFill.Spec spec(Aggregate aggregate, List<GapFill.Fill> fills) {
    int time = gapKey(aggregate);
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < aggregate.getGroupCount(); i++) {
      if (i != time) {
        others.add(i);
      }
    }
    Project project = (Project) aggregate.getInput();
    RexNode key = project.getProjects().get(aggregate.getGroupSet().nth(time));
    RexNode cut = ((RexCall) key).getOperands().get(0);
    RexNode of = ((RexCall) cut).getOperands().get(0);
    Bucket bucket =
        of instanceof RexInputRef ref ? WindowAggregation.bucket(cut, ref.getIndex()) : null;
    if (bucket == null) {
      throw unsupported("date_bin_gapfill is of a column of times");
    }
    TimeSet times = times(project.getInput(), ((RexInputRef) of).getIndex());
    boolean isBounded =
        times.alternatives().stream().noneMatch(b -> b.starts().isEmpty() || b.ends().isEmpty());
    if (!isBounded) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "date_bin_gapfill makes rows for a range of time: add WHERE time >= … AND time < …",
          null);
    }
    int column = ((RexInputRef) of).getIndex();
    return new GapFill.Spec(time, others, bucket, times, within(project.getInput(), column), fills);
  }

  /** The times of a column that the conditions below let through. */
  private static TimeSet times(RelNode node, int column) {
    if (node instanceof Project project
        && project.getProjects().get(column) instanceof RexInputRef ref) {
      return times(project.getInput(), ref.getIndex());
    }
    if (!(node instanceof Filter filter)) {
      return new TimeSet(List.of(TimeBounds.ALL));
    }
    TimeSet times = times(filter.getInput(), column);
    RexNode condition =
        RexUtil.expandSearch(filter.getCluster().getRexBuilder(), null, filter.getCondition());
    for (RexNode part : RelOptUtil.conjunctions(condition)) {
      boolean isOfTime = RelOptUtil.InputFinder.bits(part).get(column);
      Optional<TimeSet> both = TimePredicate.of(part, column).flatMap(times::and);
      if (both.isEmpty() && isOfTime && part.getKind() != SqlKind.IS_NOT_NULL) {
        throw unsupported(
            "date_bin_gapfill makes rows for ranges of time, and a condition on the time is none, or"
                + " all are too many: put it in an outer query");
      }
      times = both.orElse(times);
    }
    return times;
  }

  /** The times that a column can hold. */
  private static TimeRange within(RelNode node, int column) {
    if (node instanceof Project project
        && project.getProjects().get(column) instanceof RexInputRef ref) {
      return within(project.getInput(), ref.getIndex());
    }
    if (node instanceof Filter filter) {
      return within(filter.getInput(), column);
    }
    boolean isStored =
        node instanceof StreamRead read
            && read.request() instanceof PointsRequest points
            && points.timeColumn() == column;
    return isStored ? TimeRange.ALL : new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A select list over filled groups. */
  private static RelNode filled(Aggregate aggregate, Project project) {
    RelNode groups = unmarked(aggregate);
    RexBuilder rex = aggregate.getCluster().getRexBuilder();
    List<RexNode> below = new ArrayList<>();
    below.addAll(rex.identityProjects(groups.getRowType()));
    int columns = below.size();
    List<RexNode> wanted = new ArrayList<>();
    project
        .getProjects()
        .forEach(
            p ->
                p.accept(
                    new RexShuttle() {
                      @Override
                      public RexNode visitCall(RexCall call) {
                        if (isFill(call) && !wanted.contains(call)) {
                          wanted.add(call);
                        }
                        return super.visitCall(call);
                      }
                    }));
    List<GapFill.Fill> fills = new ArrayList<>();
    for (RexNode fill : wanted) {
      RexNode of = ((RexCall) fill).getOperands().get(0);
      refuseMarkers(of);
      int at = below.indexOf(of);
      if (at < 0) {
        at = below.size();
        below.add(of);
      }
      boolean isHeld = isCall(fill, NanoOperators.LOCF);
      fills.add(new GapFill.Fill(isHeld ? GapFill.Kind.LOCF : GapFill.Kind.INTERPOLATE, at));
    }
    RelNode input =
        below.size() == columns
            ? groups
            : LogicalProject.create(
                groups,
                List.<RelHint>of(),
                below,
                (List<String>) null,
                com.google.common.collect.ImmutableSet.of());
    GapFill filled = GapFill.of(input, spec(aggregate, fills));
    List<RexNode> projects = new ArrayList<>();
    for (RexNode node : project.getProjects()) {
      projects.add(
          node.accept(
              new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                  return RexInputRef.of(ref.getIndex(), filled.getRowType());
                }

                @Override
                public RexNode visitCall(RexCall call) {
                  int fill = wanted.indexOf(call);
                  return fill < 0
                      ? super.visitCall(call)
                      : RexInputRef.of(below.size() + fill, filled.getRowType());
                }
              }));
    }
    return LogicalProject.create(
        filled,
        project.getHints(),
        projects,
        project.getRowType().getFieldNames(),
        project.getVariablesSet());
  }

  private static boolean isFill(RexNode node) {
    return isCall(node, NanoOperators.LOCF) || isCall(node, NanoOperators.INTERPOLATE);
  }

  private static void refuseMarkers(RelNode node) {
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            refuseMarker(call);
            return super.visitCall(call);
          }
        });
    node.getInputs().forEach(GapFilling::refuseMarkers);
  }

  private static void refuseMarkers(RexNode node) {
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            refuseMarker(call);
            return super.visitCall(call);
          }
        });
  }

  private static void refuseMarker(RexCall call) {
    if (isCall(call, NanoOperators.GAPFILL)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "date_bin_gapfill is one key of a GROUP BY, by itself; use date_bin elsewhere",
          null);
    }
    if (isFill(call)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          call.getOperator().getName().toLowerCase(java.util.Locale.ROOT)
              + " is of an aggregate, in the select list beside date_bin_gapfill, and not inside"
              + " another",
          null);
    }
  }

  private static SqlRefusal unsupported(String message) {
    return new SqlRefusal(SqlRefusal.Reason.UNSUPPORTED, message, null);
  }
}
