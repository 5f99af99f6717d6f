/**
 * CSV files of measurements: one column of times and any number of columns of numbers.
 *
 * <p>Not here: where the points go (the import command), and CSV as output ({@code rows}).
 */
@NullMarked
package org.btrdb.cli.csv;

import org.jspecify.annotations.NullMarked;
