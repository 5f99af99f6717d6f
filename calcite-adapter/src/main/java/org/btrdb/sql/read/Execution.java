package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.sql.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement.
 *
 * @param session the session it runs in
 * @param btrdb whom to ask for points: what it reads of a stream is as consistent as the run wants
 * @param scope ends all calls of the run
 * @param parameters values in the types of the lowered plan, the statement's own time last
 * @param maxRows rows that the caller will read at most, 0 for all
 */
public record Execution(
    Session session,
    Btrdb btrdb,
    CallScope scope,
    List<@Nullable Object> parameters,
    long maxRows) {

  /** One run of which all rows may be read, on the newest state of everything. */
  public Execution(Session session, CallScope scope, List<@Nullable Object> parameters) {
    this(session, session.btrdb(), scope, parameters, 0);
  }

  /** One run that reads states of some kind. */
  public static Execution of(
      Session session,
      Consistency consistency,
      CallScope scope,
      List<@Nullable Object> parameters,
      long maxRows) {
    Btrdb btrdb =
        consistency == Consistency.LATEST
            ? session.btrdb()
            : new PinnedBtrdb(session.btrdb(), consistency == Consistency.FLUSH);
    return new Execution(session, btrdb, scope, parameters, maxRows);
  }

  /** The same run on the newest state of everything. */
  public Execution onNewest() {
    return new Execution(session, session.btrdb(), scope, parameters, maxRows);
  }

  /** The same run with more parameters. */
  public Execution with(List<@Nullable Object> others) {
    return new Execution(session, btrdb, scope, others, maxRows);
  }
}
