/**
 * The data directory: its lock, its one file (an H2 MVStore), the maps in it, how nodes and journal
 * entries look as bytes, when they are durable, and how a directory is copied.
 *
 * <p>Not here: what a stream or a version means.
 */
@NullMarked
package org.btrdb.embedded.store;

import org.jspecify.annotations.NullMarked;
