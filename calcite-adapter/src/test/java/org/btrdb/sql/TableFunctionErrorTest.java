package org.btrdb.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.UUID;
import org.btrdb.client.error.BtrdbException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that make no sense get one line and the right SQLState. */
class TableFunctionErrorTest {
  private final TestBtrdb db = new TestBtrdb();

  TableFunctionErrorTest() {
    db.stream("a/b", "s", new long[] {1, 2}, new double[] {1, 2});
    db.stream("a/b", "t", new long[] {1, 2}, new double[] {1, 2});
    db.stream("a/b", "T", new long[] {1, 2}, new double[] {1, 2});
  }

  @AfterEach
  void close() {
    db.close();
  }

  private void refused(
      String call, String sqlState, String message, @Nullable Object... parameters) {
    String sql = "SELECT * FROM " + call;
    try {
      db.rows(sql, parameters);
    } catch (SqlRefusal e) {
      assertThat(e).as(sql).hasMessageContaining(message);
      assertThat(e.getMessage()).as(sql).doesNotContain("\n");
      assertThat(e.reason().sqlState()).as(sql).isEqualTo(sqlState);
      return;
    } catch (BtrdbException e) {
      assertThat(e).as(sql).hasMessageContaining(message);
      assertThat(e.getMessage()).as(sql).doesNotContain("\n");
      assertThat(e.code().sqlState()).as(sql).isEqualTo(sqlState);
      return;
    }
    fail(sql + " was not refused");
  }

  @Test
  void streamsThatAreNotThere() {
    refused("raw_values('a/b/x', 0, 1)", "42S02", "no stream 'x' in collection 'a/b'");
    refused("raw_values('a/b/s$pw3', 0, 1)", "42S02", "no stream 's$pw3' in collection 'a/b'");
    refused("raw_values(?, 0, 1)", "42S02", "no stream 'x' in collection 'a/b'", "a/b/x");
    refused("nearest('x', 0)", "42S02", "no stream 'x'; write 'collection/name', or a uuid");
    refused("nearest('/x', 0)", "42S02", "no stream '/x'; write 'collection/name'");
    UUID none = UUID.randomUUID();
    refused("changes(UUID '" + none + "', 0)", "42S02", "no stream with uuid '" + none + "'");
    refused("windows(?, 0, 9, 1)", "42S02", "no stream with uuid '" + none + "'", none);
    refused("raw_values('A/b/S', 0, 1)", "42S02", "no stream 'S' in collection 'A/b'");
    refused("streamset(ARRAY['a/b/s', 'a/b/x'], 0, 1)", "42S02", "no stream 'x'");
  }

  /** Traps 6 and 7 of the design are among them: a depth, and a pointwidth of 63. */
  @Test
  void rangesAndWidthsThatMakeNoSense() {
    String before = "end 1970-01-01 00:00:00.000000001 is before start";
    refused("raw_values('a/b/s', 9, 1)", "22008", before);
    refused("raw_values(?, ?, ?)", "22008", before, "a/b/s", 9L, 1L);
    refused("windows('a/b/s', 9, 1, 1)", "22008", before);
    refused("aligned_windows('a/b/s', 9, 1, 1)", "22008", before);
    refused("streamset(ARRAY['a/b/s'], 9, 1)", "22008", before);
    assertThat(db.rows("SELECT * FROM windows('a/b/s', 9, 9, 1)")).isEmpty();
    assertThat(db.rows("SELECT * FROM aligned_windows('a/b/s', 1, 2, 5)")).isEmpty();
    refused("windows('a/b/s', 0, 9, -5)", "22023", "at least 1 ns wide, not -5");
    refused("windows('a/b/s', 0, 9, 0)", "22023", "at least 1 ns wide, not 0");
    refused("windows('a/b/s', 0, 9, ?)", "22023", "at least 1 ns wide, not 0", 0L);
    refused("windows('a/b/s', 0, 9, ?)", "22023", "at least 1 ns wide, not null", (Object) null);
    refused("windows('a/b/s', 0, 9, INTERVAL '1' MONTH)", "0A000", "months");
    refused("windows('a/b/s', 0, 9, '5 parsecs')", "22018", "'5 parsecs'");
    refused("windows('a/b/s', 0, 9, 1, 0, 20)", "0A000", "depth 20 is not supported");
    refused("windows('a/b/s', 0, 9, 1, 0, ?)", "0A000", "depth 20 is not supported", 20);
    refused("aligned_windows('a/b/s', 0, 9, 63)", "22023", "a pointwidth is 0 to 62, not 63");
    refused("aligned_windows('a/b/s', 0, 9, -1)", "22023", "a pointwidth is 0 to 62, not -1");
    refused("aligned_windows('a/b/s', 0, 9, ?)", "22023", "a pointwidth is 0 to 62", 64);
    refused("windows('a/b/s', TIMESTAMP '1000-01-01 00:00:00', 9, 1)", "22003", "nanoseconds");
  }

  @Test
  void gapsThatMakeNoSense() {
    refused("gaps('a/b/s', 9, 1, 1)", "22008", "is before start");
    refused("gaps('a/b/s', 0, 9, -1)", "22023", "min_gap is 0 ns or more, not -1");
    refused("gaps('a/b/s', 0, 9, ?)", "22023", "min_gap is 0 ns or more, not null", (Object) null);
    refused("gaps('a/b/s', 0, 9, INTERVAL '1' MONTH)", "0A000", "months");
    refused("gaps('a/b/s', 0, 9)", "42000", "no value for min_gap");
  }

  @Test
  void timesAtEqualDistancesThatMakeNoSense() {
    refused("time_series(9, 1, 1)", "22008", "is before start");
    refused("time_series(0, 9, 0)", "22023", "a step is at least 1 ns, not 0");
    refused("time_series(0, 9, ?)", "22023", "a step is at least 1 ns, not -3", -3L);
    refused("time_series(0, 9)", "42000", "no value for step in a call of time_series(start, end");
    refused("time_series(0, 9, INTERVAL '1' MONTH)", "0A000", "months");
    refused("resample('a/b/s', 0, 9, 0)", "22023", "a step is at least 1 ns, not 0");
    refused("resample('a/b/s', 0, 9, 1, 'cubic')", "22018", "'nearest', not 'cubic'");
    refused("resample('a/b/s', 0, 9, 1, ?)", "22018", "not NULL", (Object) null);
    refused("resample('a/b/s', 0, 9, 1, 2)", "42000", "method of resample is text");
  }

  @Test
  void conditionsOfEventsThatMakeNoSense() {
    String alone = "predicate compares value with numbers";
    for (String predicate :
        new String[] {
          "time > 5",
          "value > time",
          "value + 1 > 5",
          "value IS NOT NULL",
          "TRUE",
          "value",
          "value < 1 AND TRUE",
          "value < ''5''",
          "value < 1 / 2",
          "value < ?",
          "value < (SELECT 1)",
          "EXISTS (SELECT 1)",
          "ABS(value) > 5",
          "s.value > 5",
          "value << 5",
          "value BETWEEN SYMMETRIC 5 AND 1"
        }) {
      refused("events('a/b/s', 0, 9, '" + predicate + "')", "0A000", alone);
    }
    for (String predicate :
        new String[] {"", "value <", "value < 5; DROP", "value < 5 GROUP BY 1"}) {
      refused("events('a/b/s', 0, 9, '" + predicate + "')", "22018", "predicate is no condition");
    }
    refused("events('a/b/s', 0, 9, ?)", "0A000", alone, "time > 5");
    refused("events('a/b/s', 0, 9, 5)", "42000", "predicate of events is text");
    refused("events('a/b/s', 0, 9, 'value < 5', -1)", "22023", "min_gap is 0 ns or more, not -1");
    refused("events('a/b/s', 9, 0, 'value < 5')", "22008", "is before start");
    refused("events('a/b/s', 0, 9)", "42000", "no value for predicate");
  }

  @Test
  void versionsThatMakeNoSense() {
    refused("raw_values('a/b/s', 0, 9, -1)", "22018", "a version is a number from 1 on, not -1");
    refused("raw_values('a/b/s', 0, 9, 999)", "22023", "999");
    refused("changes('a/b/s', 12, 11)", "22023", "from 12 to 11");
    refused("changes('a/b/s', ?, ?)", "22023", "from 12 to 11", 12L, 11L);
    refused("changes('a/b/s', -1)", "22023", "from 0 on, not since -1");
    refused("changes('a/b/s', 0, 0, 64)", "22023", "a resolution is 0 to 63, not 64");
    refused("changes('a/b/s', 0, 0, -1)", "22023", "a resolution is 0 to 63, not -1");
  }

  @Test
  void argumentsOfWrongTypes() {
    refused("raw_values(5, 0, 9)", "42000", "line 1, column 26: stream_id of raw_values is a uuid");
    refused("raw_values('a/b/s', 1.5, 9)", "42000", "start of raw_values is a timestamp");
    refused("raw_values('a/b/s', 'soon', 9)", "22018", "not a timestamp: 'soon'");
    refused("windows('a/b/s', 0, 9, TRUE)", "42000", "width of windows is an interval");
    refused("aligned_windows('a/b/s', 0, 9, '38')", "42000", "pointwidth of aligned_windows");
    refused("nearest('a/b/s', 0, 1)", "42000", "backward of nearest is true or false");
    refused("streamset('a/b/s', 0, 9)", "0A000", "array of literals");
    refused("streamset(ARRAY[?], 0, 9)", "0A000", "array of literals", "a/b/s");
    refused("streamset(ARRAY['a/b/s', 'a/b/s'], 0, 9)", "42000", "two columns named 'a/b/s'");
    refused("streamset(ARRAY['a/b/s'], 0, 9, -1)", "22023", "snap is 0 ns or more, not -1");
    refused("streamset(ARRAY['a/b/s'], 0, 9, ?)", "22023", "not null", (Object) null);
  }

  @Test
  void namesAndNumbersOfArguments() {
    refused(
        "raw_values('a/b/s', 0)", "42000", "no value for end in a call of raw_values(stream_id");
    refused("raw_values('a/b/s', 0, 9, 0, 0)", "42000", "too many arguments");
    refused("raw_values('a/b/s', 0, stop => 9)", "42000", "no argument 'stop'");
    refused("raw_values('a/b/s', 0, start => 9)", "42000", "two values for start");
    refused("raw_values(stream_id => 'a/b/s', 0, 9)", "42000", "an argument without a name");
    refused("raw_value('a/b/s', 0, 9)", "42000", "raw_value");
  }

  @Test
  void argumentsThatComeFromOtherRows() {
    refused(
        "btrdb.streams AS s RIGHT JOIN LATERAL TABLE(raw_values(s.uuid, 0, 9)) AS w ON TRUE",
        "0A000",
        "not supported");
    refused("btrdb.streams AS s, raw_values(s.uuid, 0, 9) AS w", "42S02", "'s'");
    refused("raw_values((SELECT 'a/b/s'), 0, 9)", "0A000", "no sub-query");
  }

  /** What is answered, or where a grid begins, is never cut to 64 bits. */
  @Test
  void timesBeyond64Bits() {
    String early = "TIMESTAMP '0001-01-01 00:00:00'";
    String late = "TIMESTAMP '9999-01-01 00:00:00'";
    refused("streamset(ARRAY['a/b/s'], " + early + ", 9, 5)", "22003", "-62135596800000000000");
    refused("gaps('a/b/s', " + early + ", 9, 5)", "22003", "-62135596800000000000");
    refused("gaps('a/b/s', 0, " + late + ", 5)", "22003", "253370764800000000000");
    refused("time_series(0, " + late + ", INTERVAL '1' DAY)", "22003", "253370764800000000000");
    refused("time_series(" + early + ", 0, INTERVAL '1' DAY)", "22003", "-62135596800000000000");
    refused(
        "resample('a/b/s', 0, " + late + ", INTERVAL '1' DAY)", "22003", "253370764800000000000");
    for (String call :
        new String[] {
          "streamset(ARRAY['a/b/s'], " + early + ", " + late + ")",
          "streamset(ARRAY['a/b/s'], 0, " + late + ", 5)",
          "events('a/b/s', " + early + ", " + late + ", 'value > 0')",
          "raw_values('a/b/s', " + early + ", " + late + ")"
        }) {
      assertThat(db.rows("SELECT * FROM " + call)).as(call).isNotEmpty();
    }
  }

  @Test
  void numbersOfPredicatesThatAreNoDoubles() {
    for (String number :
        new String[] {"1e600000000 + 1", "1e400", "-1e308 * 10", "1e2000000000 * 1e2000000000"}) {
      refused("events('a/b/s', 0, 9, 'value < " + number + "')", "22018", "no double");
      refused("events('a/b/s', 0, 9, ?)", "22018", "no double", "NOT value = " + number);
    }
  }
}
