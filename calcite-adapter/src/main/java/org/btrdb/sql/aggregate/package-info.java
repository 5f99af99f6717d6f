/**
 * The aggregate functions of the dialect that Calcite lacks or answers otherwise: their names, what
 * they take, and the arithmetic that all who run them share. Not here: what keeps a state for each
 * group, which belongs to what runs a plan.
 */
@NullMarked
package org.btrdb.sql.aggregate;

import org.jspecify.annotations.NullMarked;
