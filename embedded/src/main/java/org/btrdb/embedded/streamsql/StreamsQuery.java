package org.btrdb.embedded.streamsql;

import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/** A statement over {@code streams}, ready to run; it reads nothing but metadata. */
public final class StreamsQuery {
  /** Characters that a statement and its parameters may have, together. */
  static final int MAX_CHARACTERS = 1 << 16;

  private final Plan plan;

  private StreamsQuery(Plan plan) {
    this.plan = plan;
  }

  /**
   * Reads a statement.
   *
   * @param parameters the values of {@code $1}, {@code $2} …
   * @throws BtrdbException {@link ErrorCode#BAD_SQL} if it is not taken
   */
  public static StreamsQuery of(String sql, List<String> parameters) {
    long characters = sql.length() + parameters.stream().mapToLong(String::length).sum();
    if (characters > MAX_CHARACTERS) {
      throw BadSql.of(
          "the statement and its parameters have "
              + characters
              + " characters, more than "
              + MAX_CHARACTERS,
          null);
    }
    return new StreamsQuery(Planner.plan(Parser.parse(sql), parameters));
  }

  /** The names of the columns of each row, all different. */
  public List<String> columns() {
    return plan.columns();
  }

  /**
   * Begins to answer; nothing is looked up before the first row is asked for.
   *
   * @param btrdb whose streams {@code lookup} and {@code stream} tell: a view that leaves some out
   *     leaves them out here too
   * @param scope ends it early
   */
  public Rows run(Btrdb btrdb, CallScope scope) {
    return Rows.of(plan, btrdb, scope);
  }
}
