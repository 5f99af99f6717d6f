/**
 * Plans kept for statements that come again: the same text, or the same but for literals that a
 * plan can take as parameters. What a literal stands for and what a plan is, others know; here is
 * how they are found. No Calcite class is named.
 */
@NullMarked
package org.btrdb.sql.cache;

import org.jspecify.annotations.NullMarked;
