/**
 * BTrDB over gRPC. {@link org.btrdb.client.grpc.GrpcProvider} opens connections, which share
 * channels; one class for each wire generation stands behind {@link org.btrdb.client.Btrdb}; all
 * calls are made by {@code Calls}, all failures named by {@code ErrorMapper}.
 *
 * <p>Not here yet: the 4.x generation, TLS, routing in a cluster, retries.
 */
@NullMarked
package org.btrdb.client.grpc;

import org.jspecify.annotations.NullMarked;
