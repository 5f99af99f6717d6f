/**
 * Reaching a BTrDB: credentials (URL, environment, profiles), options, TLS, channels that
 * connections share, and the greeting that finds out which generation answers.
 *
 * <p>Not here: what is said once connected.
 */
@NullMarked
package org.btrdb.client.grpc.connect;

import org.jspecify.annotations.NullMarked;
