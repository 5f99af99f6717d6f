package org.btrdb.sql.cache;

/**
 * A literal of a statement whose plan has a parameter in its place.
 *
 * @param index its place among the {@link StatementText#literals} of the statement
 * @param form how it is written
 */
public record LiftedLiteral(int index, LiteralForm form) {}
