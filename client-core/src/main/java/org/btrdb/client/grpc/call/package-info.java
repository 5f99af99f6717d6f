/**
 * Calls, whatever the generation: {@link org.btrdb.client.grpc.call.Calls} makes them all, cursors
 * read their answers on the caller's thread, {@link org.btrdb.client.grpc.call.ErrorMapper} names
 * their failures.
 *
 * <p>Not here: requests and messages of a generation, and where channels come from.
 */
@NullMarked
package org.btrdb.client.grpc.call;

import org.jspecify.annotations.NullMarked;
