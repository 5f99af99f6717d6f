/**
 * BTrDB over gRPC. {@link org.btrdb.client.grpc.GrpcProvider} opens connections, which share
 * channels; one class for each wire generation stands behind {@link org.btrdb.client.Btrdb}; all
 * calls are made by {@code call.Calls}, all failures named by {@code call.ErrorMapper}.
 *
 * <p>{@code connect} reaches a server, {@code call} makes calls, {@code cluster} finds the node of
 * a stream, {@code wire} and {@code arrow} are the columnar wire formats, {@code v5} and {@code v4}
 * the generations.
 */
@NullMarked
package org.btrdb.client.grpc;

import org.jspecify.annotations.NullMarked;
