package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement.
 *
 * @param session the session it runs in
 * @param scope ends all calls of the run
 * @param parameters values in the types of the lowered plan, the statement's own time last
 * @param maxRows rows that the caller will read at most, 0 for all
 */
public record Execution(
    Session session, CallScope scope, List<@Nullable Object> parameters, long maxRows) {

  /** One run of which all rows may be read. */
  public Execution(Session session, CallScope scope, List<@Nullable Object> parameters) {
    this(session, scope, parameters, 0);
  }

  /** Whom to ask. */
  public Btrdb btrdb() {
    return session.btrdb();
  }
}
