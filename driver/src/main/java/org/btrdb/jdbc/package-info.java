/**
 * java.sql over BTrDB: {@link org.btrdb.jdbc.BtrdbDriver} answers {@code jdbc:btrdb:} URLs.
 *
 * <p>The driver, connection and statement extend Avatica's; whatever Avatica would answer wrongly
 * or without an SQLState is overridden. Results, their metadata and the database's metadata are our
 * own over {@link org.btrdb.sql.row.RowCursor} and {@link org.btrdb.sql.catalog.Catalog}.
 *
 * <p>Not here: SQL (calcite-adapter), gRPC (client-core), the embedded tree (found by
 * ServiceLoader). Connecting and reading metadata need no Calcite class; the property {@code
 * warmUp} has the planner loaded beside them.
 */
@NullMarked
package org.btrdb.jdbc;

import org.jspecify.annotations.NullMarked;
