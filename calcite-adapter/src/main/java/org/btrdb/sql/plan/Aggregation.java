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
import org.apache.calcite.util.ImmutableBitSet;
import org.btrdb.client.model.Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * Pushes an aggregate into what is below it: projections in between become one, and a key that is
 * computed of another one, such as the end of a window, is no key.
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
            .or(() -> HopAggregation.push(merged, capabilities))
            .map(RelNode.class::cast);
    if (pushed.isPresent()
        || merged.getGroupCount() < 2
        || merged.getGroupType() != Aggregate.Group.SIMPLE
        || !(merged.getInput() instanceof Project project)
        || !isPlain(project)) { // a window function sees the rows, which a pushed read has not
      return pushed;
    }
    return new Aggregation(merged, project).withFewerKeys(capabilities);
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

  private static boolean isPlain(Project project) {
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
