/**
 * Calls, whatever the generation: {@link org.btrdb.client.grpc.call.Calls} makes them all, {@link
 * org.btrdb.client.grpc.call.OpenCall} is one and is made again as its {@link
 * org.btrdb.client.grpc.call.RetryPolicy} allows, cursors read answers on the caller's thread,
 * {@link org.btrdb.client.grpc.call.ErrorMapper} names failures.
 *
 * <p>Not here: requests and messages of a generation, and where channels come from.
 */
@NullMarked
package org.btrdb.client.grpc.call;

import org.jspecify.annotations.NullMarked;
