/**
 * Routing in a cluster whose nodes are reached directly: {@link org.btrdb.client.grpc.cluster.Mash}
 * knows which node holds which stream, {@link org.btrdb.client.grpc.cluster.ClusterChannels} holds
 * channels to the nodes and follows changes of the map, {@link
 * org.btrdb.client.grpc.cluster.LoneNode} notices when a server is no longer alone.
 *
 * <p>Not here: when a call is made again ({@code call}), messages of a generation, and how a
 * channel is made ({@code connect}).
 */
@NullMarked
package org.btrdb.client.grpc.cluster;

import org.jspecify.annotations.NullMarked;
