package org.btrdb.sql.validate;

import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Sub-queries that Calcite's converter cannot expand itself: behind SOME and ALL, in UNIQUE and in
 * conditions of joins; and IN, where it forgets that NULL is not known to be in a query. They stay
 * in the plan as expressions, from which rules make joins.
 */
final class SubQueries {
  private static final class Rules {
    private static final HepProgram TO_JOINS =
        new HepProgramBuilder()
            .addRuleInstance(rule(SubQueryRemoveRule.Config.FILTER))
            .addRuleInstance(rule(SubQueryRemoveRule.Config.PROJECT))
            .addRuleInstance(rule(SubQueryRemoveRule.Config.JOIN))
            .build();

    private static SubQueryRemoveRule rule(SubQueryRemoveRule.Config config) {
      return (SubQueryRemoveRule)
          config.withRelBuilderFactory(UnsimplifiedBuilder.FACTORY).toRule();
    }
  }

  private SubQueries() {}

  /** Whether a statement has one. */
  static boolean areKept(SqlNode statement) {
    Finder finder = new Finder();
    statement.accept(finder);
    return finder.found;
  }

  /** The plan with joins in their place. */
  static RelNode toJoins(RelNode plan) {
    return RuleSteps.apply(Rules.TO_JOINS, plan);
  }

  private static final class Finder extends SqlBasicVisitor<@Nullable Void> {
    private boolean found;
    private boolean inCondition;

    @Override
    public @Nullable Void visit(SqlCall call) {
      found |=
          call.getKind() == SqlKind.SOME
              || call.getKind() == SqlKind.ALL
              || call.getKind() == SqlKind.UNIQUE
              || (inCondition && call.getKind().belongsTo(SqlKind.QUERY))
              || isInQuery(call);
      if (!(call instanceof SqlJoin join)) {
        return super.visit(call);
      }
      join.getLeft().accept(this);
      join.getRight().accept(this);
      if (join.getCondition() != null) {
        boolean outer = inCondition;
        inCondition = true;
        join.getCondition().accept(this);
        inCondition = outer;
      }
      return null;
    }

    private static boolean isInQuery(SqlCall call) {
      return (call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN)
          && call.operand(1).getKind().belongsTo(SqlKind.QUERY);
    }
  }
}
