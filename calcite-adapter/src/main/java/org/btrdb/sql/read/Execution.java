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
 */
public record Execution(Session session, CallScope scope, List<@Nullable Object> parameters) {

  /** Whom to ask. */
  public Btrdb btrdb() {
    return session.btrdb();
  }
}
