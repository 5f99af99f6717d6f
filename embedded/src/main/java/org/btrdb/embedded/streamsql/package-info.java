/**
 * SQL over the metadata of streams, as the call SQLQuery takes it: one {@code SELECT} in
 * PostgreSQL's dialect over the one relation {@code streams}. A text is cut into tokens, parsed to
 * syntax, bound to typed expressions with the parameters in them as values, and run.
 *
 * <p>What is not here is refused with the word and its position, never guessed: joins, subqueries,
 * window functions, arithmetic. Points are not reachable from here; {@code docs/server-sql.md} has
 * the grammar.
 */
@NullMarked
package org.btrdb.embedded.streamsql;

import org.jspecify.annotations.NullMarked;
