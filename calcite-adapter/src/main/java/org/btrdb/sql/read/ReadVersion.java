package org.btrdb.sql.read;

import java.util.List;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.sql.SqlRefusal;
import org.jspecify.annotations.Nullable;

/**
 * The version of a stream that a statement reads.
 *
 * @param major a major version, known when the statement runs; null for the newest state, buffered
 *     points included
 * @param mayBeLatest whether 0 is the newest state too, as it is to servers, and not refused
 */
public record ReadVersion(@Nullable Scalar major, boolean mayBeLatest) {

  /** The newest state. */
  public static final ReadVersion LATEST = new ReadVersion(null);

  /** A committed version. */
  public ReadVersion(@Nullable Scalar major) {
    this(major, false);
  }

  /** A committed version or, where the number is 0, the newest state. */
  public static ReadVersion orLatest(Scalar major) {
    return new ReadVersion(major, true);
  }

  /** Whether it is one committed version for certain, whatever the parameters. */
  public boolean isCommitted() {
    return major != null && !mayBeLatest;
  }

  /** What to ask the server for. */
  long number(List<@Nullable Object> parameters) {
    if (major == null) {
      return StreamVersion.LATEST;
    }
    Long number = major.longValue(parameters);
    if (number != null && number == StreamVersion.LATEST && mayBeLatest) {
      return StreamVersion.LATEST;
    }
    if (number == null || number < 1) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID_VALUE, "a version is a number from 1 on, not " + number, null);
    }
    return number;
  }

  @Override
  public String toString() {
    return major == null ? "latest version" : "version " + major;
  }
}
