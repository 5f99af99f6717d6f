package org.btrdb.sql.row;

import org.jspecify.annotations.Nullable;

/**
 * A column of a result.
 *
 * @param label the alias, or the name if there is none
 * @param name the name of the column it comes from, or the label of an expression
 * @param schema the schema it comes from, null for an expression
 * @param table the table it comes from, null for an expression
 * @param type its type
 * @param nullable whether NULL can occur
 */
public record Column(
    String label,
    String name,
    @Nullable String schema,
    @Nullable String table,
    ColumnType type,
    boolean nullable) {}
