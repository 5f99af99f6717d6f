package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.arrow.ReferenceArrow;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads of a server that knows Arrow, or says so: the same as by rows, whatever it does. */
@Timeout(60)
class ArrowReadsTest {
  private static final long SEED = System.nanoTime();
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");
  private static final TimeRange RANGE = new TimeRange(0, 1000);
  private static final int WIDTH = 10;
  private static final int POINT_WIDTH = 3;

  private final Random random = new Random(SEED);
  private final ArrowServer script = new ArrowServer();

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  /** What a cursor brings: a line for each point or window, and the version. */
  private record Answer(List<String> lines, StreamVersion version) {
    static Answer ofPoints(DataCursor<PointBatch> cursor) {
      List<String> lines = new ArrayList<>();
      try (cursor) {
        while (cursor.next()) {
          PointBatch points = cursor.current();
          for (int i = 0; i < points.size(); i++) {
            lines.add(points.time(i) + " " + points.value(i));
          }
        }
        return new Answer(lines, cursor.version());
      }
    }

    static Answer ofWindows(DataCursor<StatBatch> cursor) {
      List<String> lines = new ArrayList<>();
      try (cursor) {
        while (cursor.next()) {
          StatBatch windows = cursor.current();
          for (int i = 0; i < windows.size(); i++) {
            lines.add(
                windows.time(i)
                    + " "
                    + List.of(windows.min(i), windows.mean(i), windows.max(i), windows.stddev(i))
                    + windows.count(i));
          }
        }
        return new Answer(lines, cursor.version());
      }
    }
  }

  private static Answer raw(Btrdb btrdb) {
    return Answer.ofPoints(btrdb.raw(STREAM, RANGE, 0, CallScope.unbounded()));
  }

  private static Answer windows(Btrdb btrdb) {
    return Answer.ofWindows(btrdb.windows(STREAM, RANGE, WIDTH, 0, CallScope.unbounded()));
  }

  private static Answer aligned(Btrdb btrdb) {
    return Answer.ofWindows(
        btrdb.alignedWindows(STREAM, RANGE, POINT_WIDTH, 0, CallScope.unbounded()));
  }

  private void cut(List<@Nullable Number[]> rows) {
    script.messages = new ArrayList<>();
    int from = 0;
    while (from < rows.size()) {
      int to = Math.min(rows.size(), from + random.nextInt(40));
      script.messages.add(rows.subList(from, to));
      from = to;
    }
  }

  private List<@Nullable Number[]> points() {
    List<@Nullable Number[]> rows = new ArrayList<>();
    for (long time = 0; time < 200; time += random.nextInt(3)) {
      rows.add(ReferenceArrow.row(time, random.nextGaussian()));
    }
    return rows;
  }

  /** Windows as servers send them: empty ones among them, and one after the end. */
  private List<@Nullable Number[]> windows(int width) {
    List<@Nullable Number[]> rows = new ArrayList<>();
    for (long time = 0; time <= 1000; time += width) {
      if (random.nextInt(4) == 0) {
        rows.add(ReferenceArrow.row(time, 0.0, 0.0, 0.0, 0L, 0.0));
      } else {
        Double stddev = random.nextInt(5) == 0 ? null : random.nextDouble();
        rows.add(ReferenceArrow.row(time, -1.0, random.nextDouble(), 2.0, 3L, stddev));
      }
    }
    return rows;
  }

  @Test
  void arrowReadsBringWhatRowReadsBring() {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      Btrdb arrow = server.connect();
      script.infoMinor = 29;
      Btrdb rows = server.connect();
      try (arrow;
          rows) {
        for (int round = 0; round < 20; round++) {
          cut(points());
          assertThat(raw(arrow)).as("seed %s", SEED).isEqualTo(raw(rows));
          cut(windows(WIDTH));
          Answer windows = windows(arrow);
          assertThat(windows).as("seed %s", SEED).isEqualTo(windows(rows));
          assertThat(windows.version())
              .isEqualTo(new StreamVersion(ArrowServer.MAJOR, ArrowServer.MINOR));
          assertThat(windows.lines()).isNotEmpty();
          cut(windows(1 << POINT_WIDTH));
          assertThat(aligned(arrow)).as("seed %s", SEED).isEqualTo(aligned(rows));
        }
        assertThat(script.arrowCalls).hasValue(60);
        assertThat(script.rowCalls).hasValue(60);
      }
    }
  }

  @Test
  void windowsComeInOrderInWhateverOrderTheyAreSent() {
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      List<@Nullable Number[]> rows = windows(WIDTH);
      cut(rows);
      Answer ordered = windows(btrdb);
      Collections.reverse(script.messages);
      assertThat(windows(btrdb)).as("seed %s", SEED).isEqualTo(ordered);
      List<@Nullable Number[]> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      cut(shuffled);
      assertThat(windows(btrdb)).as("seed %s", SEED).isEqualTo(ordered);
      assertThat(script.rowCalls).hasValue(0);
    }
  }

  @Test
  void windowsThatCannotBeAreRefused() {
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      List<@Nullable Number[]> rows = ReferenceArrow.one(20L, 1.0, 1.0, 1.0, 1L, 0.0);
      rows.add(ReferenceArrow.row(10L, 1.0, 1.0, 1.0, 1L, 0.0));
      rows.add(ReferenceArrow.row(20L, 1.0, 1.0, 1.0, 1L, 0.0));
      script.messages = List.of(rows);
      assertThatThrownBy(() -> windows(btrdb))
          .hasMessageContaining(STREAM + ": the window at 20 came twice")
          .extracting(ArrowReadsTest::codeOf)
          .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
      script.messages = Collections.nCopies(60, rows);
      assertThatThrownBy(() -> windows(btrdb))
          .hasMessageContaining("more than the 101 windows")
          .extracting(ArrowReadsTest::codeOf)
          .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    }
  }

  @Test
  void whatIsNoArrowIsAFailureThatNamesTheStream() {
    script.messages = List.of(ReferenceArrow.one(1L, null));
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      assertThatThrownBy(() -> raw(btrdb))
          .hasMessage("stream " + STREAM + ": an Arrow stream has a null in column 2, value")
          .extracting(ArrowReadsTest::codeOf)
          .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
      assertThat(script.rowCalls).hasValue(0);
    }
  }

  @Test
  void readsOfManyWindowsGoByRows() {
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      cut(windows(WIDTH));
      CallScope scope = CallScope.unbounded();
      Answer.ofWindows(btrdb.windows(STREAM, TimeRange.ALL, 1_000_000, 0, scope));
      Answer.ofWindows(btrdb.alignedWindows(STREAM, TimeRange.ALL, 30, 0, scope));
      assertThat(script.arrowCalls).hasValue(0);
      assertThat(script.rowCalls).hasValue(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unimplemented", "in-band", "compressed"})
  void whatArrowCannotDoRowsDoFromThenOn(String how) {
    script.arrowUnimplemented = how.equals("unimplemented");
    script.arrowStat = how.equals("in-band") ? 501 : 0;
    script.style =
        how.equals("compressed") ? ReferenceArrow.Style.COMPRESSED : ReferenceArrow.Style.NULLABLE;
    List<@Nullable Number[]> rows =
        points().stream()
            .sorted(Comparator.comparingLong(row -> Objects.requireNonNull(row[0]).longValue()))
            .toList();
    script.messages = List.of(rows);
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      Answer points = raw(btrdb);
      assertThat(points.lines()).hasSameSizeAs(rows);
      assertThat(points.version())
          .isEqualTo(new StreamVersion(ArrowServer.MAJOR, ArrowServer.MINOR));
      assertThat(raw(btrdb)).isEqualTo(points);
      cut(windows(WIDTH));
      assertThat(windows(btrdb).lines()).isNotEmpty();
      assertThat(script.arrowCalls).hasValue(1);
      assertThat(script.rowCalls).hasValue(3);
    }
  }

  @Test
  void whatNeitherCanDoIsNoFaultOfArrows() {
    script.arrowStat = 501;
    script.rowStat = 501;
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      assertThatThrownBy(() -> raw(btrdb))
          .extracting(ArrowReadsTest::codeOf)
          .isEqualTo(ErrorCode.UNSUPPORTED);
      script.arrowStat = 0;
      cut(points());
      assertThat(raw(btrdb).lines()).isNotEmpty();
      assertThat(script.arrowCalls).hasValue(2);
      assertThat(script.rowCalls).hasValue(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"404, NO_SUCH_STREAM", "413, INVALID_TIME_RANGE", "426, OVERLOADED"})
  void otherFailuresAreFailuresAndNotRepeated(int number, ErrorCode code) {
    script.arrowStat = number;
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      assertThatThrownBy(() -> raw(btrdb))
          .hasMessageContaining(STREAM.toString())
          .extracting(ArrowReadsTest::codeOf)
          .isEqualTo(code);
      assertThatThrownBy(() -> windows(btrdb))
          .hasMessageContaining(STREAM.toString())
          .extracting(ArrowReadsTest::codeOf)
          .isEqualTo(code);
      assertThat(script.rowCalls).hasValue(0);
    }
  }

  @Test
  void windowsOfNothingAreEmpty() {
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      CallScope scope = CallScope.unbounded();
      assertThat(Answer.ofWindows(btrdb.windows(STREAM, RANGE, WIDTH, 7, scope)))
          .isEqualTo(new Answer(List.of(), new StreamVersion(7, 0)));
      assertThat(Answer.ofPoints(btrdb.raw(STREAM, RANGE, 7, scope)))
          .isEqualTo(new Answer(List.of(), new StreamVersion(7, 0)));
      script.messages = List.of(List.of(), List.of());
      assertThat(raw(btrdb).version().minor()).isEqualTo(ArrowServer.MINOR);
      assertThat(raw(btrdb).lines()).isEmpty();
      assertThat(windows(btrdb).lines()).isEmpty();
      assertThat(script.rowCalls).hasValue(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 0, false", "5, 29, false", "5, 30, true", "5, 31, true", "6, 0, true"})
  void versionsAreComparedAsPairs(int major, int minor, boolean knowsArrow) {
    script.infoMajor = major;
    script.infoMinor = minor;
    cut(points());
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      raw(btrdb);
      assertThat(script.arrowCalls).hasValue(knowsArrow ? 1 : 0);
      assertThat(script.rowCalls).hasValue(knowsArrow ? 0 : 1);
    }
  }
}
