package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.time.NanoOperators;
import org.jspecify.annotations.Nullable;

/**
 * Pushes an aggregate into what is below it: projections in between become one, a key that is
 * computed of another one, such as the end of a window, is no key, and the end of a window by
 * itself is its start.
 */
final class Aggregation {
  private final Aggregate aggregate;
  private final List<RexNode> inputs;

  private Aggregation(Aggregate aggregate, Project project) {
    this.aggregate = aggregate;
    this.inputs = project.getProjects();
  }

  /** What answers an aggregate; empty if it must be computed. */
  static Optional<RelNode> push(Aggregate aggregate, Capabilities capabilities) {
    Aggregate merged = merged(aggregate);
    Optional<RelNode> pushed =
        WindowAggregation.push(merged, capabilities)
            .map(RelNode.class::cast)
            .or(() -> HopAggregation.push(merged, capabilities));
    if (pushed.isPresent()
        || merged.getGroupCount() == 0
        || !(merged.getInput() instanceof Project project)
        || !isPlain(project)) { // a window function sees the rows, which a pushed read has not
      return pushed;
    }
    Aggregation keyed = new Aggregation(merged, project);
    return keyed.withFewerKeys(capabilities).or(() -> keyed.withStarts(project, capabilities));
  }

  /** The same aggregate over one projection. */
  private static Aggregate merged(Aggregate aggregate) {
    if (!(aggregate.getInput() instanceof Project upper)
        || !(upper.getInput() instanceof Project lower)
        || !isPlain(upper)
        || !isPlain(lower)) {
      return aggregate;
    }
    RelNode one =
        LogicalProject.create(
            lower.getInput(),
            upper.getHints(),
            RelOptUtil.pushPastProject(upper.getProjects(), lower),
            upper.getRowType(),
            upper.getVariablesSet());
    return merged((Aggregate) aggregate.copy(aggregate.getTraitSet(), List.of(one)));
  }

  /** Whether a projection makes each row of one row, without a look at others. */
  static boolean isPlain(Project project) {
    return project.getVariablesSet().isEmpty()
        && !RexOver.containsOver(project.getProjects(), null);
  }

  private Optional<RelNode> withFewerKeys(Capabilities capabilities) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    List<Integer> kept = new ArrayList<>(keys);
    for (Integer key : keys) {
      if (kept.stream().anyMatch(other -> !other.equals(key) && of(key, other, 0) != null)) {
        kept.remove(key);
      }
    }
    if (kept.size() == keys.size()) {
      return Optional.empty();
    }
    Aggregate fewer =
        aggregate.copy(
            aggregate.getTraitSet(),
            aggregate.getInput(),
            ImmutableBitSet.of(kept),
            null,
            aggregate.getAggCallList());
    return WindowAggregation.push(fewer, capabilities).map(read -> above(read, keys, kept));
  }

  /** The rows of the aggregate, made of those of one with fewer keys. */
  private RelNode above(RelNode read, List<Integer> keys, List<Integer> kept) {
    List<RexNode> projects = new ArrayList<>();
    for (Integer key : keys) {
      RexNode computed = null;
      for (int i = 0; i < kept.size() && computed == null; i++) {
        computed =
            kept.get(i).equals(key)
                ? RexInputRef.of(i, read.getRowType())
                : kept.contains(key) ? null : of(key, kept.get(i), i);
      }
      projects.add(java.util.Objects.requireNonNull(computed, "a key of no other one"));
    }
    for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
      projects.add(RexInputRef.of(kept.size() + i, read.getRowType()));
    }
    return LogicalProject.create(
        read,
        List.of(),
        projects,
        aggregate.getRowType().getFieldNames(),
        com.google.common.collect.ImmutableSet.of());
  }

  /** With buckets for those keys that are their ends, if nothing else is asked of these. */
  private Optional<RelNode> withStarts(Project project, Capabilities capabilities) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    List<RexNode> starts = new ArrayList<>(inputs);
    for (Integer key : keys) {
      if (inputs.get(key) instanceof RexCall call && isEnd(call) && !isArgument(key)) {
        starts.set(key, call.getOperands().get(0));
      }
    }
    if (starts.equals(inputs)) {
      return Optional.empty();
    }
    RelNode below =
        LogicalProject.create(
            project.getInput(),
            project.getHints(),
            starts,
            project.getRowType().getFieldNames(),
            project.getVariablesSet());
    return push((Aggregate) aggregate.copy(aggregate.getTraitSet(), List.of(below)), capabilities)
        .map(read -> ends(read, keys, starts));
  }

  private RelNode ends(RelNode read, List<Integer> keys, List<RexNode> starts) {
    List<RexNode> projects =
        new ArrayList<>(aggregate.getCluster().getRexBuilder().identityProjects(read.getRowType()));
    for (int i = 0; i < keys.size(); i++) {
      int key = keys.get(i);
      if (!starts.get(key).equals(inputs.get(key))) {
        RexCall end = (RexCall) inputs.get(key);
        projects.set(
            i, end.clone(end.getType(), List.of(projects.get(i), end.getOperands().get(1))));
      }
    }
    return LogicalProject.create(
        read,
        List.of(),
        projects,
        aggregate.getRowType().getFieldNames(),
        com.google.common.collect.ImmutableSet.of());
  }

  /** Whether a call is a bucket moved by as much as keeps different ones apart. */
  private static boolean isEnd(RexCall call) {
    if (call.getOperands().size() != 2
        || !(call.getOperands().get(0) instanceof RexCall start)
        || start.getOperands().size() < 2) {
      return false;
    }
    SqlOperator operator = call.getOperator();
    SqlOperator cut = start.getOperator();
    // A width that is NULL is refused by the bucket; moved by another NULL, all would be one.
    boolean isMoved =
        (operator.equals(NanoOperators.PLUS) && cut.equals(NanoOperators.FLOOR))
            || (operator.equals(NanoOperators.ADD_MONTHS)
                && cut.equals(NanoOperators.CALENDAR_FLOOR));
    return isMoved && call.getOperands().get(1).equals(start.getOperands().get(1));
  }

  private boolean isArgument(int column) {
    return aggregate.getAggCallList().stream()
        .anyMatch(call -> call.getArgList().contains(column) || call.filterArg == column);
  }

  /** A key as it is computed of another one, which is column {@code at}; null if it is not. */
  private @Nullable RexNode of(int key, int other, int at) {
    RexNode whole = inputs.get(key);
    RexNode part = inputs.get(other);
    if (!(whole instanceof RexCall) || !(part instanceof RexCall) || whole.equals(part)) {
      return null;
    }
    boolean[] hasOthers = {false};
    RexNode computed =
        whole.accept(
            new RexShuttle() {
              @Override
              public RexNode visitCall(RexCall call) {
                return call.equals(part)
                    ? new RexInputRef(at, part.getType())
                    : super.visitCall(call);
              }

              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                hasOthers[0] = true;
                return ref;
              }
            });
    return hasOthers[0] || computed.equals(whole) ? null : computed;
  }
}
