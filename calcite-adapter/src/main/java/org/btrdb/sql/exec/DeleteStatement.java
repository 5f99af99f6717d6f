package org.btrdb.sql.exec;

import java.util.List;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.IsoTime;
import org.btrdb.client.time.TimeRange;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.PointCount;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.read.TimeSet;
import org.btrdb.sql.row.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * DELETE FROM a stream: the points of one range of time, in one call. Older versions keep them. The
 * count is that of the points just before, as BTrDB does not say how many it removed.
 *
 * @param times what the condition allows, which must be one range when the statement runs
 */
record DeleteStatement(
    Session session,
    UUID stream,
    TimeSet times,
    List<ColumnType> parameters,
    ParameterBinding binding)
    implements UpdateStatement {

  @Override
  public String verb() {
    return "DELETE";
  }

  @Override
  public long update(List<@Nullable Object> values, CallScope scope) {
    Execution execution = new Execution(session, scope, binding.bind(values));
    List<TimeRange> ranges = times.ranges(execution.parameters());
    if (ranges.isEmpty()) {
      return 0;
    }
    if (ranges.size() > 1) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "DELETE removes one range of time at once, and the condition has "
              + ranges.size()
              + ", with a gap at "
              + IsoTime.format(ranges.get(0).endNanos()),
          null);
    }
    long points = PointCount.of(stream, ranges.get(0), StreamVersion.LATEST, execution);
    if (points > 0) {
      session.btrdb().delete(stream, ranges.get(0), scope);
    }
    return points;
  }
}
