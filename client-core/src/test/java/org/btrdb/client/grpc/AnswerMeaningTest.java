package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.AlignedWindowsResponse;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.WindowsParams;
import org.btrdb.proto.v5api.WindowsResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers mean: codes wherever they travel, nothing there, more than was asked. */
@Timeout(30)
class AnswerMeaningTest {
  private static final UUID STREAM = UUID.fromString("0d22a53b-e2ef-4e0a-ab89-b2d48fb2592a");

  private static ErrorCode codeOf(Throwable failure) {
    return ((BtrdbException) failure).code();
  }

  @ParameterizedTest
  @CsvSource({
    "404, NO_SUCH_STREAM",
    "413, INVALID_TIME_RANGE",
    "426, OVERLOADED",
    "437, PERMISSION_DENIED",
    "450, NO_SUCH_VERSION",
    "451, INTERNAL",
    "501, UNSUPPORTED",
  })
  void codesInBandAndInGrpcTextMeanTheSame(int number, ErrorCode code) {
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void rawValues(
              RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
            if (request.getVersionMajor() == 0) {
              responses.onNext(
                  RawValuesResponse.newBuilder()
                      .setStat(
                          org.btrdb.proto.v5api.Status.newBuilder()
                              .setCode(number)
                              .setMsg("two\nlines"))
                      .build());
              responses.onCompleted();
            } else {
              responses.onError(
                  Status.UNKNOWN
                      .withDescription("[" + number + "] two\nlines")
                      .asRuntimeException());
            }
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      for (long version = 0; version < 2; version++) {
        try (DataCursor<PointBatch> cursor =
            btrdb.raw(STREAM, TimeRange.ALL, version, CallScope.unbounded())) {
          assertThatThrownBy(cursor::next)
              .hasMessageContaining(STREAM.toString())
              .hasMessageNotContaining("\n")
              .extracting(AnswerMeaningTest::codeOf)
              .isEqualTo(code);
        }
      }
    }
  }

  @Test
  void whatMeansNothingThereIsEmpty() {
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void nearest(NearestParams request, StreamObserver<NearestResponse> responses) {
            responses.onError(
                Status.UNKNOWN.withDescription("[401] no such point").asRuntimeException());
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      assertThat(btrdb.nearest(STREAM, 0, true, 0, CallScope.unbounded())).isEmpty();
    }
  }

  /** We ask for no empty range, so the server cannot mean that. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void windowsThatAreRefusedAreNotNone(boolean afterSome) {
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void windows(WindowsParams request, StreamObserver<WindowsResponse> responses) {
            if (afterSome) {
              WindowsResponse.Builder some = WindowsResponse.newBuilder().setVersionMajor(11);
              some.addValuesBuilder().setTime(request.getStart()).setCount(1);
              responses.onNext(some.build());
            }
            responses.onNext(
                WindowsResponse.newBuilder()
                    .setStat(org.btrdb.proto.v5api.Status.newBuilder().setCode(413))
                    .build());
            responses.onCompleted();
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        var cursor = btrdb.windows(STREAM, new TimeRange(0, 100), 10, 11, CallScope.unbounded())) {
      if (afterSome) {
        assertThat(cursor.next()).isTrue();
      }
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(cursor::next)
            .extracting(AnswerMeaningTest::codeOf)
            .isEqualTo(ErrorCode.INVALID_TIME_RANGE);
      }
    }
  }

  /** Servers of 4.x refuse one; nobody has said that those of 5.x do not. */
  @Test
  void aSingleAlignedNanosecondIsAskedForAsTwo() {
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void alignedWindows(
              AlignedWindowsParams request, StreamObserver<AlignedWindowsResponse> responses) {
            AlignedWindowsResponse.Builder answer = AlignedWindowsResponse.newBuilder();
            if (request.getEnd() - request.getStart() < 2) {
              answer.getStatBuilder().setCode(413).setMsg("start time >= end time");
            } else {
              answer.setVersionMajor(11);
              for (long t = request.getStart(); t < request.getEnd(); t++) {
                answer.addValuesBuilder().setTime(t).setCount(1);
              }
            }
            responses.onNext(answer.build());
            responses.onCompleted();
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      for (long time : new long[] {TimeRange.MIN_NANOS, 5, TimeRange.MAX_POINT_NANOS}) {
        TimeRange range = new TimeRange(time, time + 1);
        try (var cursor = btrdb.alignedWindows(STREAM, range, 0, 11, CallScope.unbounded())) {
          assertThat(cursor.next()).isTrue();
          assertThat(cursor.current().size()).isEqualTo(1);
          assertThat(cursor.current().time(0)).isEqualTo(time);
        }
      }
      TimeRange last = new TimeRange(TimeRange.MAX_NANOS - 1, TimeRange.MAX_NANOS);
      try (var cursor = btrdb.alignedWindows(STREAM, last, 0, 11, CallScope.unbounded())) {
        assertThat(cursor.next()).isFalse();
      }
    }
  }

  /** Whoever reads points takes them to be in order, also from one message to the next. */
  @ParameterizedTest
  @CsvSource({"'10 30 20', 20, 30", "'10 20|20 30|29', 29, 30", "'10 20||9', 9, 20"})
  void pointsThatDoNotAscendAreRefused(String messages, long time, long before) {
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void rawValues(
              RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
            for (String message : Splitter.on('|').split(messages)) {
              RawValuesResponse.Builder answer = RawValuesResponse.newBuilder().setVersionMajor(11);
              for (String one : Splitter.on(' ').omitEmptyStrings().split(message)) {
                answer.addValuesBuilder().setTime(Long.parseLong(one)).setValue(1);
              }
              responses.onNext(answer.build());
            }
            responses.onCompleted();
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        var cursor = btrdb.raw(STREAM, TimeRange.ALL, 0, CallScope.unbounded())) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(
                () -> {
                  while (cursor.next()) {
                    assertThat(cursor.current().time(0)).isLessThan(time + 100);
                  }
                })
            .hasMessage(
                "stream %s: the server's points do not ascend: one at %d after one at %d",
                STREAM, time, before)
            .extracting(AnswerMeaningTest::codeOf)
            .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
      }
    }
  }

  /** Trap 22 of the SQL surface: issue 56 of the server. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPointOfZerosIsBelievedOnlyIfItCanBeRead(boolean speaksV4) {
    ZeroAnswers answers = new ZeroAnswers();
    try (ScriptedServer server = ScriptedServer.start(speaksV4 ? answers.v4() : answers.v5());
        Btrdb btrdb = server.connect()) {
      CallScope scope = CallScope.unbounded();
      assertThat(btrdb.nearest(STREAM, -5, false, 11, scope)).isEmpty();
      assertThat(btrdb.nearest(STREAM, 5, true, 11, scope)).isEmpty();
      assertThat(answers.reads).containsOnly("0 1 11").hasSizeGreaterThan(1);
      answers.isEmpty = false;
      assertThat(btrdb.nearest(STREAM, -5, false, 11, scope)).contains(new Point(0, 0));
      assertThat(btrdb.nearest(STREAM, 5, true, 11, scope)).contains(new Point(0, 0));
      // On the other side of what was asked it cannot be what was asked for.
      assertThat(btrdb.nearest(STREAM, 1, false, 11, scope)).isEmpty();
      assertThat(btrdb.nearest(STREAM, 0, true, 11, scope)).isEmpty();
    }
  }

  @Test
  void oneWindowMoreIsAskedAndNotShown() {
    AtomicReference<WindowsParams> asked = new AtomicReference<>();
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void windows(WindowsParams request, StreamObserver<WindowsResponse> responses) {
            asked.set(request);
            WindowsResponse.Builder answer = WindowsResponse.newBuilder().setVersionMajor(11);
            for (long t = request.getStart(); t < request.getEnd(); t += request.getWidth()) {
              answer.addValuesBuilder().setTime(t).setCount(1);
            }
            responses.onNext(answer.build());
            responses.onCompleted();
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        var cursor = btrdb.windows(STREAM, new TimeRange(7, 39), 10, 0, CallScope.unbounded())) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.current().size()).isEqualTo(3);
      assertThat(Objects.requireNonNull(asked.get()).getEnd()).isEqualTo(47);
    }
  }
}
