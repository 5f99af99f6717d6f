package org.btrdb.sql.catalog;

import org.btrdb.client.model.StreamDescriptor;

/**
 * A stream as a table {@code (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL)}.
 *
 * @param schema the collection
 * @param table the name tag if it is unique in its collection, else with {@code #} and the shortest
 *     unique prefix of the uuid (at least 8 digits), or the uuid for a stream without a name
 * @param stream what it shows
 */
public record StreamTable(String schema, String table, StreamDescriptor stream) {}
