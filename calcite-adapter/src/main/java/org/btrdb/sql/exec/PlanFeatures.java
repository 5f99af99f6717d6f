package org.btrdb.sql.exec;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.btrdb.sql.plan.GapFill;
import org.btrdb.sql.plan.HeldAggregate;
import org.btrdb.sql.plan.HopWindows;
import org.btrdb.sql.plan.LateralJoin;
import org.jspecify.annotations.Nullable;

/** What a plan has, in words of SQL, for messages about plans that cannot run. */
final class PlanFeatures {
  private PlanFeatures() {}

  /** The functions, joins and set operations of a plan, in order of their names. */
  static Set<String> of(RelNode plan) {
    Set<String> features = new TreeSet<>();
    RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitOver(RexOver over) {
            features.add(
                over.getAggOperator().getName()
                    + (over.ignoreNulls() ? " IGNORE NULLS" : "")
                    + (over.isDistinct() ? " DISTINCT" : "")
                    + " OVER");
            return over;
          }

          @Override
          public RexNode visitCall(RexCall call) {
            features.add(call.getOperator().getName());
            return super.visitCall(call);
          }
        };
    new RelVisitor() {
      @Override
      public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
        node.accept(expressions);
        if (node instanceof Aggregate aggregate) {
          for (AggregateCall call : aggregate.getAggCallList()) {
            features.add(call.getAggregation().getName() + (call.isDistinct() ? " DISTINCT" : ""));
          }
        }
        if (node instanceof HeldAggregate aggregate) {
          aggregate.calls().forEach(call -> features.add(call.getAggregation().getName()));
        }
        if (node instanceof GapFill) {
          features.add("date_bin_gapfill");
        }
        if (node instanceof HopWindows) {
          features.add("HOP");
        }
        if (node instanceof Join join) {
          features.add(join.getJoinType().name() + " JOIN");
        } else if (node instanceof LateralJoin) {
          features.add("LATERAL");
        } else if (node instanceof Correlate) {
          features.add("a sub-query for each row");
        } else if (node instanceof SetOp set) {
          features.add(set.kind.sql.toUpperCase(Locale.ROOT));
        }
        super.visit(node, ordinal, parent);
      }
    }.go(plan);
    return features;
  }
}
