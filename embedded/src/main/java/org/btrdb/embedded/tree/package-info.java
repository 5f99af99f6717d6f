/**
 * The BTrDB tree (Andersen and Culler, FAST '16; reference 1.8): 64 buckets a node, leaves of up to
 * 1024 points, statistics of every bucket in its parent. Nodes are immutable; a change copies the
 * path from the leaf to the root and shares the rest, so a root is a version.
 *
 * <p>Pure functions: nothing here does I/O but through {@link org.btrdb.embedded.tree.NodeSource}.
 */
@NullMarked
package org.btrdb.embedded.tree;

import org.jspecify.annotations.NullMarked;
