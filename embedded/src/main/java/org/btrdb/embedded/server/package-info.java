/**
 * Serves any {@link org.btrdb.client.Btrdb} over gRPC as BTrDB 5.x, for every BTrDB client: {@link
 * org.btrdb.embedded.server.BtrdbServer}. What the wire contract demands and the interface hides is
 * here: status codes, empty windows; TLS, limits, the end of a server, health and reflection.
 *
 * <p>Not here: the tree; SQL ({@code streamsql}); who may do what ({@code access}); what is not
 * built is refused with 501.
 */
@NullMarked
package org.btrdb.embedded.server;

import org.jspecify.annotations.NullMarked;
