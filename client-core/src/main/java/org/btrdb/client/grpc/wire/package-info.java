/**
 * The columnar messages of the wire contracts, both directions, between bytes and primitive arrays:
 * points, window statistics, inserts. Used by the gRPC client and by the embedded server.
 *
 * <p>Not here: messages without columns, for which the generated classes serve; calls and channels.
 */
@NullMarked
package org.btrdb.client.grpc.wire;

import org.jspecify.annotations.NullMarked;
