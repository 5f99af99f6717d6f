/**
 * Our own execution of lowered plans: operators that are opened to cursors over cursors, a row at a
 * time, with memory that is counted.
 *
 * <p>{@link org.btrdb.sql.operator.OperatorBuilder} makes them from relational plans and declines
 * what they do not cover. Not here: expressions ({@code expression}), read requests ({@code read})
 * and the choice between these operators and Calcite's ({@code exec}).
 */
@NullMarked
package org.btrdb.sql.operator;

import org.jspecify.annotations.NullMarked;
