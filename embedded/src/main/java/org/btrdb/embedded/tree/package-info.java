/**
 * The versioned 64-way tree as pure algorithms over immutable nodes: insert, delete, walks over
 * points and windows, nearest.
 *
 * <p>Not here: files, locks, threads, streams. Nodes come from a {@link
 * org.btrdb.embedded.tree.NodeSource} and go to a {@link org.btrdb.embedded.tree.NodeSink}.
 */
@NullMarked
package org.btrdb.embedded.tree;

import org.jspecify.annotations.NullMarked;
