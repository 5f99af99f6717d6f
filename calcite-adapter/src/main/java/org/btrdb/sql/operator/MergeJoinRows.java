package org.btrdb.sql.operator;

import java.util.List;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;

/** Merges two sides in order; the right rows of the current key are held. */
final class MergeJoinRows extends JoinRows {

  private enum Step {
    NEXT_LEFT,
    ALIGN,
    PAIRS,
    LONELY_RIGHT,
    END
  }

  private final JoinKind kind;
  private final RowCursor left;
  private final RowCursor right;
  private final int leftKey;
  private final RowOrder leftToHeld;
  private final RowOrder heldToRight;
  private final RowStore held;
  private final StoredRow heldRow;
  private final BitFlags matched = new BitFlags();
  private final Ticks ticks;
  private Step step = Step.NEXT_LEFT;
  private boolean rightStarted;
  private boolean rightAhead;
  private boolean leftEnded;
  private boolean leftMatched;
  private int position;

  MergeJoinRows(JoinSpec spec, List<RowCursor> inputs, RowStore held, Run run) {
    this(spec, inputs, held, new StoredRow(held), run);
  }

  private MergeJoinRows(
      JoinSpec spec, List<RowCursor> inputs, RowStore held, StoredRow heldRow, Run run) {
    super(spec, inputs, inputs.get(0), heldRow, run);
    this.kind = spec.kind();
    this.left = inputs.get(0);
    this.right = inputs.get(1);
    this.held = held;
    this.heldRow = heldRow;
    this.leftKey = spec.leftKeys().get(0);
    List<SortKey> leftSort = List.of(SortKey.ascending(leftKey));
    List<SortKey> rightSort = List.of(SortKey.ascending(spec.rightKeys().get(0)));
    this.leftToHeld = RowOrder.between(leftSort, rightSort, spec.left().types());
    this.heldToRight = RowOrder.of(rightSort, spec.right().types());
    this.ticks = new Ticks(run.execution().scope());
  }

  @Override
  public boolean next() {
    if (!rightStarted) {
      rightStarted = true;
      rightAhead = right.next();
      holdNextKey();
    }
    while (true) {
      ticks.tick();
      switch (step) {
        case NEXT_LEFT -> {
          if (!left.next()) {
            leftEnded = true;
            position = 0;
            step = kind.keepsRight() ? Step.LONELY_RIGHT : Step.END;
          } else {
            leftMatched = false;
            position = 0;
            step = Step.ALIGN;
          }
        }
        case ALIGN -> align();
        case PAIRS -> {
          if (pair()) {
            return true;
          }
        }
        case LONELY_RIGHT -> {
          if (lonelyRight()) {
            return true;
          }
        }
        case END -> {
          close();
          return false;
        }
      }
    }
  }

  /** Leaves behind right rows before the left one; they have no further partner. */
  private void align() {
    boolean before =
        held.size() > 0 && !left.isNull(leftKey) && leftToHeld.compare(left, heldRow.at(0)) > 0;
    if (!before) {
      step = Step.PAIRS;
    } else if (kind.keepsRight()) {
      position = 0;
      step = Step.LONELY_RIGHT;
    } else {
      holdNextKey();
    }
  }

  private void holdNextKey() {
    held.clear();
    matched.clear();
    if (!rightAhead) {
      return;
    }
    do {
      held.add(right);
      rightAhead = right.next();
    } while (rightAhead && heldToRight.compare(heldRow.at(0), right) == 0);
  }

  /** The next answer for the current left row, if there is one. */
  private boolean pair() {
    boolean sameKey =
        position < held.size()
            && !left.isNull(leftKey)
            && leftToHeld.compare(left, heldRow.at(0)) == 0;
    while (sameKey && position < held.size()) {
      ticks.tick();
      heldRow.at(position++);
      if (matches()) {
        leftMatched = true;
        matched.set(heldRow.index());
        if (!kind.isLeftOnly()) {
          return true;
        }
        break;
      }
    }
    step = Step.NEXT_LEFT;
    boolean lonely = !leftMatched && kind.keepsLeft();
    joined.show(true, false);
    return lonely
        || (kind == JoinKind.SEMI && leftMatched)
        || (kind == JoinKind.ANTI && !leftMatched);
  }

  /** The next right row without partner of the current key, or of all that follow. */
  private boolean lonelyRight() {
    while (position < held.size()) {
      heldRow.at(position++);
      if (!matched.get(heldRow.index())) {
        joined.show(false, true);
        return true;
      }
    }
    holdNextKey();
    position = 0;
    if (!leftEnded) {
      step = Step.ALIGN;
    } else if (held.size() == 0) {
      step = Step.END;
    }
    return false;
  }

  @Override
  public void close() {
    step = Step.END;
    held.close();
    super.close();
  }
}
