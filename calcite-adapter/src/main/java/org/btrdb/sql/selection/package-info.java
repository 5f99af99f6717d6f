/**
 * Which streams a statement is about when it names none: what of its conditions a look-up can
 * answer, and the streams found.
 */
@NullMarked
package org.btrdb.sql.selection;

import org.jspecify.annotations.NullMarked;
