package org.btrdb.sql.operator;

import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.btrdb.sql.expression.ExpressionCompiler;
import org.jspecify.annotations.Nullable;

final class WindowBuilder {
  interface Projection {
    @Nullable Operator project(Operator input, List<RexNode> projects);
  }

  WindowBuilder(ExpressionCompiler expressions, Projection projection) {}

  @Nullable Operator build(Operator input, List<RexNode> projects) {
    return null;
  }
}
