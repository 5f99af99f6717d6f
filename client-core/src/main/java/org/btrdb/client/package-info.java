/**
 * The one interface through which every BTrDB is reached, {@link org.btrdb.client.Btrdb}, and what
 * a caller holds while using it: call scopes and cursors.
 *
 * <p>Not here: SQL, Calcite, java.sql. The gRPC implementation is in {@code org.btrdb.client.grpc},
 * the in-process one in the module {@code embedded}.
 */
@NullMarked
package org.btrdb.client;

import org.jspecify.annotations.NullMarked;
