/**
 * Nanosecond time inside plans: the pass that turns every timestamp of a relational plan into a
 * BIGINT of nanoseconds, the operators it puts in, and what they compute, buckets of calendars and
 * time zones included.
 *
 * <p>Calcite's runtime keeps milliseconds and drops the rest without a word; so after this pass no
 * TIMESTAMP is left, and what the pass does not know it refuses. Not here: text forms and ranges of
 * time, which are {@code org.btrdb.client.time}.
 */
@NullMarked
package org.btrdb.sql.time;

import org.jspecify.annotations.NullMarked;
