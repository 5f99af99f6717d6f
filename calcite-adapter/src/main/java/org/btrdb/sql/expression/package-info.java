/**
 * Expressions of lowered plans, compiled once for each plan to trees of closures by type: nothing
 * is boxed on numeric columns, and what the compiler does not know makes it decline.
 *
 * <p>Also here is the one order of values that sorting, grouping, joining and comparing share
 * ({@link org.btrdb.sql.expression.ValueOrder}). Not here: anything that takes more than one row.
 */
@NullMarked
package org.btrdb.sql.expression;

import org.jspecify.annotations.NullMarked;
