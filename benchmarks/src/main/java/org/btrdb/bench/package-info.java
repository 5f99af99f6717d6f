/**
 * Benchmarks of the client, each beside what it must be measured against; not part of the default
 * build (profile {@code bench}).
 *
 * <p>Not here: benchmarks of SQL functions.
 */
@NullMarked
package org.btrdb.bench;

import org.jspecify.annotations.NullMarked;
