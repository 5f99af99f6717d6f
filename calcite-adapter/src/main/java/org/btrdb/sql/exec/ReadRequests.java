package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.btrdb.sql.plan.StreamRead;
import org.btrdb.sql.read.ReadRequest;

/** The read requests of a plan, from left to right. */
final class ReadRequests {
  private ReadRequests() {}

  static List<ReadRequest> of(RelNode plan) {
    List<ReadRequest> found = new ArrayList<>();
    collect(plan, found);
    return List.copyOf(found);
  }

  private static void collect(RelNode node, List<ReadRequest> found) {
    if (node instanceof StreamRead read) {
      found.add(read.request());
    }
    node.getInputs().forEach(input -> collect(input, found));
  }
}
