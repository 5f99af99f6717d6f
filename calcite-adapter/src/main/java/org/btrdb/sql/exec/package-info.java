/**
 * Running statements: plans that are only a read request or constants run on their own cursors,
 * everything else by Calcite's Enumerable over the same lowered plan; inserts, table creation and
 * EXPLAIN; parameters and columns.
 */
@NullMarked
package org.btrdb.sql.exec;

import org.jspecify.annotations.NullMarked;
