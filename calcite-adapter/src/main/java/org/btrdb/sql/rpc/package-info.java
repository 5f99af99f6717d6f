/**
 * The session's own note of the calls it makes: a {@link org.btrdb.client.Btrdb} that notes down
 * every call and passes it on, and the log that table {@code btrdb.session_rpcs} shows.
 */
@NullMarked
package org.btrdb.sql.rpc;

import org.jspecify.annotations.NullMarked;
