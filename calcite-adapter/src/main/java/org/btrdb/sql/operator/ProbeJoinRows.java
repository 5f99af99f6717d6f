package org.btrdb.sql.operator;

import java.util.Arrays;
import java.util.List;
import org.btrdb.sql.read.Ticks;
import org.btrdb.sql.row.RowCursor;

/** Looks up rows of one side among the held rows of the other. */
final class ProbeJoinRows extends JoinRows {
  private static final int NONE = -1;

  private final JoinKind kind;
  private final boolean holdsLeft;
  private final RowCursor probe;
  private final RowCursor build;
  private final int[] probeKeys;
  private final int[] buildKeys;
  private final RowStore held;
  private final StoredRow heldRow;
  private final RowTable table;
  private final BitFlags matched = new BitFlags();
  private final Ticks ticks;

  /** For each key the first row that has it, and for each row the next one with its key. */
  private int[] first = new int[0];

  private int[] following = new int[0];
  private int[] last = new int[0];
  private boolean built;
  private boolean probing;
  private boolean probeMatched;
  private boolean probeEnded;
  private int candidate = NONE;

  ProbeJoinRows(ProbeJoinOperator join, List<RowCursor> inputs, RowStore held, Run run) {
    this(join, inputs, held, new StoredRow(held), run);
  }

  private ProbeJoinRows(
      ProbeJoinOperator join, List<RowCursor> inputs, RowStore held, StoredRow heldRow, Run run) {
    super(
        join.spec(),
        inputs,
        join.holdsLeft() ? heldRow : inputs.get(0),
        join.holdsLeft() ? inputs.get(1) : heldRow,
        run);
    JoinSpec spec = join.spec();
    this.holdsLeft = join.holdsLeft();
    this.kind = holdsLeft ? spec.kind().mirrored() : spec.kind();
    this.probe = inputs.get(holdsLeft ? 1 : 0);
    this.build = inputs.get(holdsLeft ? 0 : 1);
    this.probeKeys = keys(holdsLeft ? spec.rightKeys() : spec.leftKeys());
    this.buildKeys = keys(holdsLeft ? spec.leftKeys() : spec.rightKeys());
    this.held = held;
    this.heldRow = heldRow;
    Operator side = holdsLeft ? spec.left() : spec.right();
    this.table =
        new RowTable(Arrays.stream(buildKeys).mapToObj(side.types()::get).toList(), run.memory());
    this.ticks = new Ticks(run.execution().scope());
  }

  private static int[] keys(List<Integer> columns) {
    return columns.stream().mapToInt(Integer::intValue).toArray();
  }

  private void hold() {
    while (build.next()) {
      boolean canMatch = !hasNull(build, buildKeys);
      // A row that can match nothing is only kept if it is answered without a partner.
      if (canMatch || kind.keepsRight()) {
        int row = held.add(build);
        if (buildKeys.length > 0) {
          link(row, canMatch);
        }
      }
    }
    build.close();
  }

  private void link(int row, boolean canMatch) {
    if (row >= following.length) {
      int size = Math.max(64, 2 * row);
      run.memory().reserve((long) Integer.BYTES * 3 * (size - following.length));
      following = Arrays.copyOf(following, size);
      first = Arrays.copyOf(first, size);
      last = Arrays.copyOf(last, size);
    }
    following[row] = NONE;
    if (!canMatch) {
      return;
    }
    int known = table.size();
    int key = table.findOrAdd(build, buildKeys);
    if (key == known) {
      first[key] = row;
    } else {
      following[last[key]] = row;
    }
    last[key] = row;
  }

  private static boolean hasNull(RowCursor row, int[] columns) {
    for (int column : columns) {
      if (row.isNull(column)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean next() {
    if (!built) {
      built = true;
      hold();
    }
    while (!probeEnded) {
      if (!probing) {
        if (!probe.next()) {
          probeEnded = true;
          probe.close();
          candidate = kind.keepsRight() ? 0 : held.size();
          break;
        }
        probing = true;
        probeMatched = false;
        candidate = firstCandidate();
      }
      if (partner()) {
        return true;
      }
    }
    return lonelyHeld();
  }

  private int firstCandidate() {
    if (probeKeys.length == 0) {
      return held.size() > 0 ? 0 : NONE;
    }
    if (hasNull(probe, probeKeys)) {
      return NONE;
    }
    int key = table.find(probe, probeKeys);
    return key < 0 ? NONE : first[key];
  }

  private int candidateAfter(int row) {
    if (probeKeys.length > 0) {
      return following[row];
    }
    return row + 1 < held.size() ? row + 1 : NONE;
  }

  /** The next answer for the current probe row, if there is one. */
  private boolean partner() {
    while (candidate != NONE) {
      ticks.tick();
      heldRow.at(candidate);
      candidate = candidateAfter(candidate);
      if (matches()) {
        probeMatched = true;
        if (kind.keepsRight()) {
          matched.set(heldRow.index());
        }
        if (!kind.isLeftOnly()) {
          return true;
        }
        break;
      }
    }
    probing = false;
    joined.show(!holdsLeft, holdsLeft);
    return switch (kind) {
      case SEMI -> probeMatched;
      case ANTI -> !probeMatched;
      default -> kind.keepsLeft() && !probeMatched;
    };
  }

  private boolean lonelyHeld() {
    while (candidate < held.size()) {
      ticks.tick();
      heldRow.at(candidate++);
      if (!matched.get(heldRow.index())) {
        joined.show(holdsLeft, !holdsLeft);
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    built = true;
    probeEnded = true;
    candidate = 0;
    held.close();
    table.close();
    run.memory().release((long) Integer.BYTES * 3 * following.length);
    following = new int[0];
    super.close();
  }
}
