package org.btrdb.sql.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;

/**
 * The times that a condition allows: those inside any of some bounds, which may overlap until the
 * statement runs.
 *
 * @param alternatives none for no time at all
 */
public record TimeSet(List<TimeBounds> alternatives) {

  /** Every time. */
  public static final TimeSet ALL = new TimeSet(List.of(TimeBounds.ALL));

  /** No time. */
  public static final TimeSet NONE = new TimeSet(List.of());

  /** More alternatives than this are left to a filter: planning them costs more than reading. */
  private static final int MOST = 256;

  /** Copies the list. */
  public TimeSet {
    alternatives = List.copyOf(alternatives);
  }

  /** The times between some bounds. */
  public static TimeSet of(List<TimeBounds.Bound> starts, List<TimeBounds.Bound> ends) {
    return new TimeSet(List.of(new TimeBounds(starts, ends)));
  }

  /** The times in both; empty if that is too many alternatives. */
  public Optional<TimeSet> and(TimeSet other) {
    if (isWithin(other)) {
      return Optional.of(this);
    }
    if (other.isWithin(this)) {
      return Optional.of(other);
    }
    if ((long) alternatives.size() * other.alternatives.size() > MOST) {
      return Optional.empty();
    }
    List<TimeBounds> both = new ArrayList<>();
    for (TimeBounds mine : alternatives) {
      for (TimeBounds others : other.alternatives) {
        both.add(mine.and(others));
      }
    }
    return Optional.of(new TimeSet(both));
  }

  /** Whether the bounds alone tell that all its times are in another set. */
  private boolean isWithin(TimeSet other) {
    return alternatives.stream()
        .allMatch(mine -> other.alternatives.stream().anyMatch(mine::isWithin));
  }

  /** The times in either; empty if that is too many alternatives. */
  public Optional<TimeSet> or(TimeSet other) {
    if (alternatives.size() + other.alternatives.size() > MOST) {
      return Optional.empty();
    }
    List<TimeBounds> either = new ArrayList<>(alternatives);
    either.addAll(other.alternatives);
    return Optional.of(new TimeSet(either));
  }

  /** The ranges inside BTrDB's domain: ascending, apart, none of them empty. */
  public List<TimeRange> ranges(List<@Nullable Object> parameters) {
    return ranges(parameters, TimeRange.ALL);
  }

  /** The ranges inside another one: ascending, apart, none of them empty. */
  public List<TimeRange> ranges(List<@Nullable Object> parameters, TimeRange within) {
    List<TimeRange> sorted =
        alternatives.stream()
            .map(bounds -> bounds.range(parameters, within))
            .filter(range -> !range.isEmpty())
            .sorted(Comparator.comparingLong(TimeRange::startNanos))
            .toList();
    List<TimeRange> apart = new ArrayList<>(sorted.size());
    for (TimeRange range : sorted) {
      TimeRange last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
      if (last != null && range.startNanos() <= last.endNanos()) {
        long end = Math.max(last.endNanos(), range.endNanos());
        apart.set(apart.size() - 1, new TimeRange(last.startNanos(), end));
      } else {
        apart.add(range);
      }
    }
    return apart;
  }

  @Override
  public String toString() {
    return alternatives.isEmpty()
        ? "no time"
        : String.join(" or ", alternatives.stream().map(TimeBounds::toString).toList());
  }
}
