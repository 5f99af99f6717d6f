/**
 * The formats in which result sets are written: table, CSV and JSON lines.
 *
 * <p>Not here: running the statement, and what happens when writing fails.
 */
@NullMarked
package org.btrdb.cli.rows;

import org.jspecify.annotations.NullMarked;
