package org.btrdb.sql.time;

import org.apache.calcite.util.ImmutableBitSet;

/**
 * A row whose columns are parameters to what is run for it.
 *
 * @param firstParameter the number of the parameter that its first column is
 * @param used the columns that are used so
 */
public record OuterRow(int firstParameter, ImmutableBitSet used) {}
