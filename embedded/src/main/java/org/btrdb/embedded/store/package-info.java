/**
 * Where an engine keeps things: nodes, versions, the journal of buffered points and metadata, in
 * one H2 MVStore file; the encodings of each; the lock that keeps other processes out.
 *
 * <p>Durable means: written, committed and forced to disk before an insert returns.
 */
@NullMarked
package org.btrdb.embedded.store;

import org.jspecify.annotations.NullMarked;
