package org.btrdb.sql.tall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Scalar;
import org.btrdb.sql.selection.BoundSelection;
import org.btrdb.sql.selection.StreamSelection;

/**
 * The streams whose points a tall table shows.
 *
 * @param selection what a look-up can tell
 * @param conditions what must be true besides
 */
public record TallStreams(StreamSelection selection, List<StreamCondition> conditions) {

  /** Copies the list. */
  public TallStreams {
    conditions = List.copyOf(conditions);
  }

  /** All streams of a collection, or all there are. */
  public static TallStreams all(Optional<String> collection) {
    return new TallStreams(
        collection
            .map(c -> StreamSelection.ALL.inCollection(Scalar.constant(c)))
            .orElse(StreamSelection.ALL),
        List.of());
  }

  /** With another selection. */
  public TallStreams with(StreamSelection narrower) {
    return new TallStreams(narrower, conditions);
  }

  /** With one more condition. */
  public TallStreams with(StreamCondition condition) {
    List<StreamCondition> more = new ArrayList<>(conditions);
    more.add(condition);
    return new TallStreams(selection, more);
  }

  /** Finds the streams. */
  FoundStreams find(Execution execution) {
    return FoundStreams.of(this, execution);
  }

  /** Finds all streams at once. */
  List<StreamDescriptor> list(Execution execution) {
    List<StreamDescriptor> all = new ArrayList<>();
    try (FoundStreams found = find(execution)) {
      found.forEachRemaining(all::add);
    }
    return all;
  }

  /**
   * Refuses to go on without a condition that narrows the streams, which would make calls for each
   * stream that there is.
   */
  void checkNarrow(Execution execution) {
    if (!isNarrow(execution)) {
      throw tooMuch("every stream there is", "a collection, name, unit, tag, annotation or uuid");
    }
  }

  /** Whether not every stream is meant, or the session may ask for every one. */
  boolean isNarrow(Execution execution) {
    return execution.session().options().fullScan()
        || !conditions.isEmpty()
        || BoundSelection.of(selection, execution.parameters())
            .map(bound -> !bound.isEverything())
            .orElse(true);
  }

  static SqlRefusal tooMuch(String what, String remedy) {
    return new SqlRefusal(
        SqlRefusal.Reason.UNSUPPORTED,
        "this would read " + what + ": ask for " + remedy + ", or set fullScan=true",
        null);
  }

  /** The look-up as EXPLAIN shows it. */
  String call() {
    return (selection.uuids().isEmpty() ? "LookupStreams(" : "StreamInfo(") + selection + ")";
  }

  @Override
  public String toString() {
    return selection + (conditions.isEmpty() ? "" : " where " + conditions);
  }
}
