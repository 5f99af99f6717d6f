/**
 * SQL over BTrDB as a library: a {@link org.btrdb.sql.SqlSession} prepares statements and runs them
 * over a {@link org.btrdb.client.Btrdb}.
 *
 * <p>Not here: java.sql (module driver) and gRPC (client-core). The packages below follow the life
 * of a query: {@code parser}, {@code catalog}, {@code time} (lowering to nanoseconds), {@code plan}
 * (push-down), {@code exec}, {@code row} (what comes out).
 */
@NullMarked
package org.btrdb.sql;

import org.jspecify.annotations.NullMarked;
