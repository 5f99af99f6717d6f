package org.btrdb.client.batch;

/**
 * One point.
 *
 * @param timeNanos nanoseconds since the Unix epoch, UTC
 * @param value any double; servers refuse NaN and infinities
 */
public record Point(long timeNanos, double value) {}
