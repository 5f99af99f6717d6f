/**
 * Who may do what: API keys lead to a {@link org.btrdb.embedded.server.access.Caller}, methods need
 * what {@link org.btrdb.embedded.server.access.MethodNeeds} lists, and {@link
 * org.btrdb.embedded.server.access.GuardedBtrdb} shows each caller what it may see and no more.
 *
 * <p>Not here: TLS, limits. No key is in any message, {@code toString} or log.
 */
@NullMarked
package org.btrdb.embedded.server.access;

import org.jspecify.annotations.NullMarked;
