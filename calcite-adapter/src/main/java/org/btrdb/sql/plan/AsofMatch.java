package org.btrdb.sql.plan;

import java.util.Optional;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.SqlKind;

/**
 * Which right row an ASOF JOIN takes for a left one: of those that match the nearest.
 *
 * @param leftColumn of the left side
 * @param rightColumn of the right side
 * @param isBackward whether the right column is before the left one, or else after it
 * @param isStrict whether an equal one does not match
 */
public record AsofMatch(int leftColumn, int rightColumn, boolean isBackward, boolean isStrict) {

  /** The match of a join; empty if it does not compare a column of each side. */
  public static Optional<AsofMatch> of(AsofJoin join) {
    if (!(join.getMatchCondition() instanceof RexCall call)
        || call.getOperands().size() != 2
        || !(call.getOperands().get(0) instanceof RexInputRef first)
        || !(call.getOperands().get(1) instanceof RexInputRef second)) {
      return Optional.empty();
    }
    int width = join.getLeft().getRowType().getFieldCount();
    boolean isLeftFirst = first.getIndex() < width;
    if (isLeftFirst == second.getIndex() < width) {
      return Optional.empty();
    }
    SqlKind rightToLeft = isLeftFirst ? call.getKind().reverse() : call.getKind();
    int left = (isLeftFirst ? first : second).getIndex();
    int right = (isLeftFirst ? second : first).getIndex() - width;
    return switch (rightToLeft) {
      case LESS_THAN_OR_EQUAL -> Optional.of(new AsofMatch(left, right, true, false));
      case LESS_THAN -> Optional.of(new AsofMatch(left, right, true, true));
      case GREATER_THAN_OR_EQUAL -> Optional.of(new AsofMatch(left, right, false, false));
      case GREATER_THAN -> Optional.of(new AsofMatch(left, right, false, true));
      default -> Optional.empty();
    };
  }
}
