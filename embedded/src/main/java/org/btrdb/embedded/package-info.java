/**
 * BTrDB in one process, as a {@link org.btrdb.client.Btrdb}: opened by directory or by name, one
 * engine for each place however many connections a process has to it.
 *
 * <p>Below it: {@code tree}, the versioned tree as pure functions on immutable nodes; {@code
 * store}, where nodes, versions, the journal and metadata are kept; {@code server}, the same thing
 * served over gRPC. Not here: SQL, java.sql.
 */
@NullMarked
package org.btrdb.embedded;

import org.jspecify.annotations.NullMarked;
