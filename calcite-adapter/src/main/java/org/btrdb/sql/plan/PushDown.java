package org.btrdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.btrdb.client.model.Capabilities;
import org.btrdb.sql.read.DeferredRead;
import org.btrdb.sql.read.ExtremeRead;
import org.btrdb.sql.read.LatestRead;
import org.btrdb.sql.read.Limit;
import org.btrdb.sql.read.PointsRequest;
import org.btrdb.sql.read.RawRead;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.read.StreamRequest;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.read.ValueSearch;
import org.btrdb.sql.read.ValueSet;
import org.btrdb.sql.system.SystemRead;
import org.btrdb.sql.tall.TallRead;
import org.btrdb.sql.validate.PlanInputs;
import org.btrdb.sql.validate.UnsimplifiedBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lets the leaves of a lowered plan swallow what is above them, from the leaves up.
 *
 * <p>One pass and no search: the server understands one shape, a stream, a range and what is wanted
 * of it, so there is nothing to choose between. Each push either fits exactly or leaves its node.
 */
public final class PushDown {
  private final Capabilities capabilities;
  private final int parameters;

  /**
   * A push-down for what a server can do.
   *
   * @param parameters how many the lowered statement has
   */
  public PushDown(Capabilities capabilities, int parameters) {
    this.capabilities = capabilities;
    this.parameters = parameters;
  }

  /** The plan after every push that fits. */
  public RelNode apply(RelNode root) {
    return push(new ReadColumns().passed(JoinOrder.chosen(root)));
  }

  /** The plan with all points read, so that whatever is asked of them is computed above. */
  public static RelNode none(RelNode root) {
    return new ReadColumns().passed(JoinOrder.chosen(root));
  }

  private RelNode push(RelNode node) {
    if (node instanceof LateralJoin join) {
      PushDown ofRight = new PushDown(capabilities, join.parametersOfRight());
      return join.copy(
          join.getTraitSet(), List.of(push(join.getLeft()), ofRight.push(join.getRight())));
    }
    RelNode current = PlanInputs.rewritten(node, this::push);
    if ((current instanceof Filter || current instanceof Sort)
        && current.getInput(0) instanceof StreamRead leaf
        && leaf.request() instanceof DeferredRead deferred) {
      RelNode known = current.copy(current.getTraitSet(), List.of(leaf.with(deferred.template())));
      return deferred(
          known instanceof Filter filter ? pushFilter(filter) : pushSort((Sort) known), deferred);
    }
    if (current instanceof Filter filter) {
      return pushFilter(filter);
    }
    if (current instanceof Project project) {
      return pushProject(project);
    }
    if (current instanceof Aggregate aggregate) {
      return HeldAggregate.of(aggregate)
          .or(() -> Aggregation.push(aggregate, capabilities))
          .orElse(current);
    }
    if (current instanceof AsofJoin join) {
      return AsofTimes.carried(join);
    }
    if (current instanceof Join join) {
      Join carried = JoinTimes.carried(join);
      return SearchJoin.of(carried, parameters).map(RelNode.class::cast).orElse(carried);
    }
    return current instanceof Sort sort ? pushSort(sort) : current;
  }

  /**
   * What came of a template, of a stream that is known only when the statement runs. Rows may be
   * left out so; an aggregate may not, as one of no stream has a row all the same.
   */
  private static RelNode deferred(RelNode pushed, DeferredRead deferred) {
    if (pushed instanceof StreamRead leaf && leaf.request() instanceof StreamRequest request) {
      return leaf.with(new DeferredRead(deferred.streamId(), request, deferred.isUuid()));
    }
    return PlanInputs.rewritten(pushed, input -> deferred(input, deferred));
  }

  private static RelNode pushFilter(Filter filter) {
    // Rules for joins leave ranges behind in a form that nothing here knows.
    RexNode condition =
        RexUtil.expandSearch(filter.getCluster().getRexBuilder(), null, filter.getCondition());
    List<RexNode> conditions = new ArrayList<>(RelOptUtil.conjunctions(condition));
    conditions.removeIf(NeverTrue::isAlwaysTrue);
    if (conditions.isEmpty() && filter.getVariablesSet().isEmpty()) {
      return filter.getInput();
    }
    if (conditions.stream().anyMatch(NeverTrue::test)) {
      return LogicalValues.createEmpty(filter.getCluster(), filter.getRowType());
    }
    if (filter.getInput() instanceof StreamRead leaf
        && leaf.request() instanceof SystemRead read
        && read.limit().equals(Limit.NONE)) {
      return SystemFilter.pushed(filter, conditions, leaf, read);
    }
    if (filter.getInput() instanceof StreamRead leaf
        && leaf.request() instanceof TallRead read
        && read.limit().equals(Limit.NONE)) {
      return TallFilter.pushed(filter, conditions, leaf, read);
    }
    if (filter.getInput() instanceof Project project) {
      RelNode pushed = EdgeOfEach.pushed(filter, conditions, project);
      return pushed == filter ? bounded(filter, conditions) : pushed;
    }
    if (filter.getInput() instanceof HopWindows) {
      return bounded(filter, conditions);
    }
    if (!(filter.getInput() instanceof StreamRead leaf)
        || !(leaf.request() instanceof PointsRequest read)
        || !read.limit().equals(Limit.NONE)) {
      return filter;
    }
    TimeSet times = read.times();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode part : conditions) {
      Optional<TimeSet> both = TimePredicate.of(part, read.timeColumn()).flatMap(times::and);
      if (both.isPresent()) {
        times = both.get();
      } else {
        rest.add(part);
      }
    }
    PointsRequest narrowed = read.withTimes(times);
    return ValueSearch.over(narrowed)
        .map(search -> pushValues(filter, leaf.with(narrowed), search, rest))
        .orElseGet(() -> filtered(filter, leaf.with(narrowed), rest));
  }

  /** A filter without the conditions on time that reach the read through what is in between. */
  private static RelNode bounded(Filter filter, List<RexNode> conditions) {
    RelNode input = filter.getInput();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode part : conditions) {
      Optional<RelNode> bounded = TimesBelow.bounded(input, part);
      if (bounded.isPresent()) {
        input = bounded.get();
        continue;
      }
      rest.add(part);
      if (input instanceof HopWindows windows) {
        input = TimesBelow.ofWindows(windows, part);
      }
    }
    return input == filter.getInput() ? filter : filtered(filter, input, rest);
  }

  private static RelNode pushValues(
      Filter filter, StreamRead leaf, ValueSearch before, List<RexNode> conditions) {
    ValueSet values = before.values();
    List<RexNode> rest = new ArrayList<>();
    for (RexNode part : conditions) {
      Optional<ValueSet> both =
          ValuePredicate.of(part, before.valueColumn(), filter.getCluster().getRexBuilder())
              .flatMap(values::and);
      if (both.isPresent()) {
        values = both.get();
      } else {
        rest.add(part);
      }
    }
    return values.isAll()
        ? filtered(filter, leaf, rest)
        : filtered(filter, leaf.with(ValueSearch.of(before.points(), values)), rest);
  }

  /** A node under those conditions of a filter that could not be pushed into it. */
  static RelNode filtered(Filter filter, RelNode input, List<RexNode> rest) {
    return rest.isEmpty()
        ? input
        : UnsimplifiedBuilder.filter(
            input,
            RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), rest),
            filter.getVariablesSet());
  }

  private static RelNode pushProject(Project project) {
    if (!(project.getInput() instanceof StreamRead leaf)) {
      return project;
    }
    List<Integer> columns = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      if (!(expression instanceof RexInputRef ref)) {
        return project;
      }
      columns.add(ref.getIndex());
    }
    ReadRequest request = leaf.request().withColumns(columns);
    return StreamRead.of(project.getCluster(), request, project.getRowType());
  }

  private static RelNode pushSort(Sort sort) {
    if (sort.fetch != null && NeverTrue.isZero(sort.fetch)) {
      return LogicalValues.createEmpty(sort.getCluster(), sort.getRowType());
    }
    RelNode input = sort.getInput();
    Optional<Limit> limit = limit(sort);
    if (isDescending(sort, input) && limit.isPresent()) {
      StreamRead leaf = (StreamRead) input;
      return leaf.with(LatestRead.of((RawRead) leaf.request(), limit.get()));
    }
    if (isByValue(sort, input) && limit.isPresent()) {
      StreamRead leaf = (StreamRead) input;
      boolean largest =
          sort.getCollation().getFieldCollations().get(0).getDirection().isDescending();
      return leaf.with(new ExtremeRead((RawRead) leaf.request(), largest, limit.get()));
    }
    if (!isSorted(sort, input)) {
      Optional<StreamRead> ordered = TallSort.ordered(sort);
      if (ordered.isEmpty()) {
        return sort;
      }
      input = ordered.get();
    }
    if (sort.offset == null && sort.fetch == null) {
      return input;
    }
    if (input instanceof StreamRead leaf
        && leaf.request().limit().equals(Limit.NONE)
        && limit.isPresent()) {
      return leaf.with(leaf.request().withLimit(limit.get()));
    }
    return LogicalSort.create(input, RelCollations.EMPTY, sort.offset, sort.fetch);
  }

  /** Whether the points of a stream are asked for from the last one on. */
  private static boolean isDescending(Sort sort, RelNode input) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    return keys.size() == 1
        && keys.get(0).getDirection() == RelFieldCollation.Direction.DESCENDING
        && input instanceof StreamRead leaf
        && leaf.request() instanceof RawRead read
        && read.limit().equals(Limit.NONE)
        && read.isOrderedBy(keys.get(0).getFieldIndex());
  }

  /** Whether some points of a stream are asked for by their values, and by time where equal. */
  private static boolean isByValue(Sort sort, RelNode input) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    return sort.fetch != null
        && (keys.size() == 1 || keys.size() == 2)
        && input instanceof StreamRead leaf
        && leaf.request() instanceof RawRead read
        && read.limit().equals(Limit.NONE)
        && read.columns().get(keys.get(0).getFieldIndex()) == RawRead.Column.VALUE
        && (keys.size() == 1
            || (read.columns().get(keys.get(1).getFieldIndex()) == RawRead.Column.TIME
                && keys.get(1).getDirection() == RelFieldCollation.Direction.ASCENDING));
  }

  /** Whether rows come in the order asked for, or are at most one. */
  private static boolean isSorted(Sort sort, RelNode input) {
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    if (keys.isEmpty()) {
      return true;
    }
    if (input instanceof Project project && project.getInput() instanceof StreamRead) {
      if (RexOver.containsOver(project.getProjects(), null)) {
        return false; // windows leave rows in the order of their partitions
      }
      RexNode key = project.getProjects().get(keys.get(0).getFieldIndex());
      return key instanceof RexInputRef ref
          && isSorted(keys, ref.getIndex(), (StreamRead) project.getInput());
    }
    return input instanceof StreamRead leaf && isSorted(keys, keys.get(0).getFieldIndex(), leaf);
  }

  private static boolean isSorted(List<RelFieldCollation> keys, int column, StreamRead leaf) {
    if (leaf.request().isAtMostOneRow()) {
      return true;
    }
    return (keys.size() == 1 || leaf.request().isOrderUnique())
        && keys.get(0).getDirection() == RelFieldCollation.Direction.ASCENDING
        && leaf.request().isOrderedBy(column);
  }

  private static Optional<Limit> limit(Sort sort) {
    Optional<Scalar> offset = optional(sort.offset);
    Optional<Scalar> fetch = optional(sort.fetch);
    boolean known =
        (sort.offset == null || offset.isPresent()) && (sort.fetch == null || fetch.isPresent());
    return known
        ? Optional.of(new Limit(offset.orElse(null), fetch.orElse(null)))
        : Optional.empty();
  }

  private static Optional<Scalar> optional(@Nullable RexNode node) {
    return node == null ? Optional.empty() : Scalars.compile(node);
  }
}
