/**
 * Read requests, the heart of the SQL layer: small immutable values that say what is asked of one
 * stream's tree, and the row cursors that answer them. A plan that is only a read request runs from
 * here straight to the reader, column batches all the way.
 *
 * <p>Not here: how a plan becomes a request ({@code org.btrdb.sql.plan}).
 */
@NullMarked
package org.btrdb.sql.read;

import org.jspecify.annotations.NullMarked;
