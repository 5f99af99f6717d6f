/**
 * The 4.x generation behind {@link org.btrdb.client.Btrdb}: package {@code grpcinterface} of the
 * wire contract, as the open-source server 4.15.9 speaks it, and what that server does otherwise
 * than promised.
 *
 * <p>{@code PlainReads} asks and gives back the server's own answers; the other read classes each
 * make up for one of its faults: {@code LatestPoints} for buffered points out of order, {@code
 * RepairedWindows} for lost windows and invented zeros, {@code NearestBackward} for points it does
 * not find. No request that kills or wedges a server leaves this package.
 *
 * <p>Not made up for, because only the server can:
 *
 * <ul>
 *   <li>a numbered version never holds buffered points: only the latest does;
 *   <li>of more than 1024 points at one time (within 4 ns) a flush keeps 1024;
 *   <li>a read that coincides with a flush of its stream may miss what is being flushed.
 * </ul>
 */
@NullMarked
package org.btrdb.client.grpc.v4;

import org.jspecify.annotations.NullMarked;
