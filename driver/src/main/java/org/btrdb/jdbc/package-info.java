/**
 * java.sql over the SQL layer: {@code jdbc:btrdb:…}. Avatica's classes are the base, with our own
 * cursor, accessors, statements and errors.
 *
 * <p>Not here: SQL (module calcite-adapter), gRPC, protobuf. A connection may be used by several
 * threads, a statement and its results by one, but for {@code cancel}.
 */
@NullMarked
package org.btrdb.jdbc;

import org.jspecify.annotations.NullMarked;
