/**
 * Reads of many streams below each other: their points, the first or last point of each, or the
 * statistics of groups of them. Which streams is found out when the statement runs, by one look-up.
 */
@NullMarked
package org.btrdb.sql.tall;

import org.jspecify.annotations.NullMarked;
