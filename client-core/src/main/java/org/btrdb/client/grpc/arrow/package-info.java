/**
 * Points, window statistics and wide rows as Arrow IPC streams (reference 3.1, 3.2), straight
 * between the bytes of a gRPC message and primitive arrays. Used by the gRPC client and by the
 * embedded server: {@link org.btrdb.client.grpc.arrow.ArrowRawValuesCodec}, {@link
 * org.btrdb.client.grpc.arrow.ArrowWindowsCodec} and {@link
 * org.btrdb.client.grpc.arrow.ArrowMultiValuesCodec} are the answers of the Arrow calls, {@link
 * org.btrdb.client.grpc.arrow.ArrowPoints} a bare stream of points, {@link
 * org.btrdb.client.grpc.arrow.ArrowSchema} their columns and the templates clients send.
 *
 * <p>The metadata are read and written by Arrow's own generated classes; {@code arrow-vector} is
 * not used (docs/arrow.md says why). Not here: any other schema, decompression, which call is made.
 */
@NullMarked
package org.btrdb.client.grpc.arrow;

import org.jspecify.annotations.NullMarked;
