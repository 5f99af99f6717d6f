package org.btrdb.sql.exec;

import java.util.List;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.row.RowCursor;

/** How the rows of a query are made; immutable, may be opened many times at once. */
interface QueryPlan {

  /** Makes the calls; the cursor owns them. */
  RowCursor open(Execution execution);

  /** The plan as EXPLAIN shows it, a line each. */
  List<String> explain(Execution execution);
}
