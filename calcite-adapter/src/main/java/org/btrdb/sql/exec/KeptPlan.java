package org.btrdb.sql.exec;

import java.util.List;
import java.util.function.Function;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.validate.ResolvedNames;

/**
 * A plan as it is kept for other statements; immutable, and without anything of the statement that
 * it was made for but its text.
 *
 * @param names what its table names stand for
 * @param statement makes a statement of it, given the values of the literals that were lifted
 */
public record KeptPlan(ResolvedNames names, Function<List<Object>, PreparedSql> statement) {}
