package org.btrdb.client.batch;

/**
 * Rows of several streams on common times, from index 0 for {@link #size} elements.
 *
 * @param times nanoseconds since the Unix epoch, UTC
 * @param values one column for each stream, in the order asked for; NaN where a stream has no value
 *     at a time
 * @param size number of rows, may be 0
 */
@SuppressWarnings("ArrayRecordComponent") // no copies on the row path
public record WideBatch(long[] times, double[][] values, int size) {}
