package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement.
 *
 * @param btrdb whom to ask
 * @param scope ends all calls of the run
 * @param parameters values in the types of the lowered plan, the statement's own time last
 */
public record Execution(Btrdb btrdb, CallScope scope, List<@Nullable Object> parameters) {}
