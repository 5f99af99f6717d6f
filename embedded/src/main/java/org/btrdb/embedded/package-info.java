/**
 * BTrDB in one process: the provider for {@code file:} and {@code mem:}, the engine that writes and
 * versions streams, and the connection that reads and writes through it.
 *
 * <p>Not here: how a tree is edited and walked ({@code tree}), how it is stored ({@code store}),
 * what streams are called ({@code meta}); and neither SQL nor java.sql.
 */
@NullMarked
package org.btrdb.embedded;

import org.jspecify.annotations.NullMarked;
