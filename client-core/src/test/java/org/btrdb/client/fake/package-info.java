/**
 * Scripted servers that keep points: a 4.15.9 with the behaviour and the faults that were observed
 * of the real one, and a 5.x with what is known of its quirks. Both are one model of streams and
 * names, and one service each.
 *
 * <p>A request that would kill or wedge the real server is noted; a test fails if there is one.
 */
@NullMarked
package org.btrdb.client.fake;

import org.jspecify.annotations.NullMarked;
