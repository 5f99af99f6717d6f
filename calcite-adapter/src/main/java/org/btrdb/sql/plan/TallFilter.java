package org.btrdb.sql.plan;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.btrdb.sql.expression.ExpressionCompiler;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.tall.StreamCondition;
import org.btrdb.sql.tall.TallColumn;
import org.btrdb.sql.tall.TallRead;
import org.btrdb.sql.tall.TallStreams;

/**
 * Conditions on a tall table: of the time as ranges, of what describes streams as a look-up and,
 * where no look-up can answer them, as a test of each stream that it found.
 */
final class TallFilter {
  private final Filter filter;
  private final TallRead read;
  private final SelectionPredicate predicate;
  private TallStreams streams;
  private TimeSet times;

  private TallFilter(Filter filter, TallRead read) {
    this.filter = filter;
    this.read = read;
    this.predicate = new SelectionPredicate(read.columns().stream().map(TallFilter::name).toList());
    this.streams = read.streams();
    this.times = read.times();
  }

  static RelNode pushed(Filter filter, List<RexNode> conditions, StreamRead leaf, TallRead read) {
    TallFilter push = new TallFilter(filter, read);
    List<RexNode> rest = conditions.stream().filter(c -> !push.swallows(c)).toList();
    TallRead narrower = read.withStreams(push.streams).withTimes(push.times);
    return PushDown.filtered(filter, leaf.with(narrower), rest);
  }

  private static String name(TallColumn column) {
    return switch (column.kind()) {
      case COLLECTION -> "collection";
      case NAME -> "name";
      case UNIT -> "unit";
      case UUID -> "uuid";
      case TAGS -> "tags";
      case ANNOTATIONS -> "annotations";
      default -> "";
    };
  }

  private boolean swallows(RexNode condition) {
    Optional<TimeSet> both = TimePredicate.of(condition, read.timeColumn()).flatMap(times::and);
    if (both.isPresent()) {
      times = both.get();
      return true;
    }
    Optional<SelectionPredicate.Narrowed> narrowed =
        predicate.narrow(streams.selection(), condition);
    narrowed.ifPresent(n -> streams = streams.with(n.selection()));
    if (narrowed.isPresent() && narrowed.get().exact()) {
      return true;
    }
    Optional<StreamCondition> test = test(condition);
    test.ifPresent(t -> streams = streams.with(t));
    return test.isPresent();
  }

  /** The condition over what describes a stream; empty if it asks for anything else. */
  private Optional<StreamCondition> test(RexNode condition) {
    List<TallColumn> shown = read.columns();
    boolean ofStream =
        RelOptUtil.InputFinder.bits(condition).asList().stream()
            .allMatch(i -> shown.get(i).describesStream());
    if (!ofStream) {
      return Optional.empty();
    }
    RexNode overStream =
        condition.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                TallColumn column = shown.get(ref.getIndex());
                return new RexInputRef(StreamCondition.indexOf(column), ref.getType());
              }
            });
    return new ExpressionCompiler(filter.getCluster().getRexBuilder())
        .condition(overStream)
        .map(compiled -> new StreamCondition(overStream.toString(), compiled));
  }
}
