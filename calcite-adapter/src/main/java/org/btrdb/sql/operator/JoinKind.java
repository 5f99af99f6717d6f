package org.btrdb.sql.operator;

import java.util.Optional;
import org.apache.calcite.rel.core.JoinRelType;

/** Which rows a join answers, seen from its left side. */
enum JoinKind {
  /** Pairs. */
  INNER(false, false),
  /** Pairs, and left rows without a partner. */
  LEFT(true, false),
  /** Pairs, and right rows without a partner. */
  RIGHT(false, true),
  /** Pairs, and rows of both sides without a partner. */
  FULL(true, true),
  /** Left rows with a partner, once. */
  SEMI(false, false),
  /** Left rows without a partner. */
  ANTI(false, false);

  private final boolean keepsLeft;
  private final boolean keepsRight;

  JoinKind(boolean keepsLeft, boolean keepsRight) {
    this.keepsLeft = keepsLeft;
    this.keepsRight = keepsRight;
  }

  static Optional<JoinKind> of(JoinRelType type) {
    return switch (type) {
      case INNER -> Optional.of(INNER);
      case LEFT -> Optional.of(LEFT);
      case RIGHT -> Optional.of(RIGHT);
      case FULL -> Optional.of(FULL);
      case SEMI -> Optional.of(SEMI);
      case ANTI -> Optional.of(ANTI);
      default -> Optional.empty();
    };
  }

  /** Whether left rows without a partner are answered, with NULLs. */
  boolean keepsLeft() {
    return keepsLeft;
  }

  /** Whether right rows without a partner are answered, with NULLs. */
  boolean keepsRight() {
    return keepsRight;
  }

  /** Whether only left columns are answered. */
  boolean isLeftOnly() {
    return this == SEMI || this == ANTI;
  }

  /** The same join with its sides exchanged. */
  JoinKind mirrored() {
    return switch (this) {
      case LEFT -> RIGHT;
      case RIGHT -> LEFT;
      default -> this;
    };
  }
}
