package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.btrdb.sql.plan.LateralJoin;
import org.btrdb.sql.plan.StreamRead;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.ReadRequest;
import org.btrdb.sql.read.StreamRequest;
import org.btrdb.sql.system.SystemRead;

/**
 * The read requests of a plan, from left to right, as EXPLAIN shows them.
 *
 * @param once those made once
 * @param forEachRow those made again and again, with what another row says
 */
record ReadRequests(List<ReadRequest> once, List<ReadRequest> forEachRow) {

  static ReadRequests of(RelNode plan) {
    List<ReadRequest> once = new ArrayList<>();
    List<ReadRequest> forEachRow = new ArrayList<>();
    collect(plan, once, forEachRow);
    return new ReadRequests(List.copyOf(once), List.copyOf(forEachRow));
  }

  private static void collect(RelNode node, List<ReadRequest> found, List<ReadRequest> forEachRow) {
    if (node instanceof StreamRead read) {
      found.add(read.request());
    }
    if (node instanceof LateralJoin join) {
      collect(join.getLeft(), found, forEachRow);
      collect(join.getRight(), forEachRow, forEachRow);
    } else {
      node.getInputs().forEach(input -> collect(input, found, forEachRow));
    }
  }

  /** Whether one of them reads a stream at no version of its own. */
  boolean readNewest() {
    return Stream.concat(once.stream(), forEachRow.stream())
        .anyMatch(
            read ->
                !(read instanceof SystemRead)
                    && !(read instanceof StreamRequest stream && stream.version().isCommitted()));
  }

  /** Whether one of them could read points of a stream; those of many streams could. */
  boolean mayRead(UUID stream) {
    return Stream.concat(once.stream(), forEachRow.stream())
        .anyMatch(
            read ->
                !(read instanceof StreamRequest of && !of.table().stream().uuid().equals(stream)));
  }

  /** The calls, one line each. What is called for each row is not known before there is one. */
  List<String> calls(Execution execution) {
    List<String> lines = new ArrayList<>();
    for (ReadRequest request : once) {
      lines.addAll(request.calls(execution));
    }
    forEachRow.forEach(request -> lines.add("for each row, " + request.text()));
    return lines;
  }
}
