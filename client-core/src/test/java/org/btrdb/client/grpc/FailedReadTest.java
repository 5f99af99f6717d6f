package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.multi.MergedPoints;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.grpcinterface.ChangesParams;
import org.btrdb.proto.grpcinterface.ChangesResponse;
import org.btrdb.proto.grpcinterface.RawValuesParams;
import org.btrdb.proto.grpcinterface.RawValuesResponse;
import org.btrdb.proto.grpcinterface.Status;
import org.btrdb.proto.grpcinterface.WindowsParams;
import org.btrdb.proto.grpcinterface.WindowsResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A read that failed fails again: it has no end, and no rest that could be handed out. */
@Timeout(30)
class FailedReadTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final UUID STREAM = new UUID(1, 2);

  private static <R> void answer(StreamObserver<R> responses, R message) {
    responses.onNext(message);
    responses.onCompleted();
  }

  private static void assertStaysFailed(Cursor<?> cursor) {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(cursor::next)
          .isInstanceOf(BtrdbException.class)
          .extracting(failure -> ((BtrdbException) failure).code())
          .isEqualTo(ErrorCode.OVERLOADED);
    }
  }

  /** Has points in the buffer, and cannot say where. */
  private static final class Buffering extends ScriptedServer.V4 {
    @Override
    public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
      RawValuesResponse.Builder answer =
          RawValuesResponse.newBuilder().setVersionMajor(11).setVersionMinor(2);
      for (long time : new long[] {30, 20, 10}) {
        answer.addValuesBuilder().setTime(time).setValue(7);
      }
      answer(responses, answer.build());
    }

    @Override
    public void windows(WindowsParams request, StreamObserver<WindowsResponse> responses) {
      WindowsResponse.Builder answer =
          WindowsResponse.newBuilder().setVersionMajor(11).setVersionMinor(2);
      answer.addValuesBuilder().setTime(request.getStart()).setCount(1).setMax(5).setMean(5);
      answer(responses, answer.build());
    }

    @Override
    public void changes(ChangesParams request, StreamObserver<ChangesResponse> responses) {
      answer(
          responses,
          ChangesResponse.newBuilder().setStat(Status.newBuilder().setCode(426)).build());
    }
  }

  @Test
  void pointsOf4xThatCannotBeOrdered() {
    try (ScriptedServer server = ScriptedServer.start(new Buffering());
        Btrdb btrdb = server.connect();
        var cursor = btrdb.raw(STREAM, TimeRange.ALL, 0, SCOPE)) {
      assertStaysFailed(cursor);
    }
  }

  @Test
  void windowsOf4xThatCannotBeRepaired() {
    try (ScriptedServer server = ScriptedServer.start(new Buffering());
        Btrdb btrdb = server.connect();
        var cursor = btrdb.windows(STREAM, new TimeRange(0, 100), 10, 0, SCOPE)) {
      assertStaysFailed(cursor);
    }
  }

  @Test
  void windowsByArrow() {
    ArrowServer script = new ArrowServer();
    script.arrowStat = 426;
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect();
        var windows = btrdb.windows(STREAM, new TimeRange(0, 100), 10, 0, SCOPE);
        var aligned = btrdb.alignedWindows(STREAM, new TimeRange(0, 100), 3, 0, SCOPE)) {
      assertStaysFailed(windows);
      assertStaysFailed(aligned);
    }
  }

  /** The streams after the failed one would be missing in the rows. */
  @Test
  void streamsSideBySide() {
    UUID failing = new UUID(1, 3);
    ScriptedServer.V5 script =
        new ScriptedServer.V5() {
          @Override
          public void rawValues(
              org.btrdb.proto.v5api.RawValuesParams request,
              StreamObserver<org.btrdb.proto.v5api.RawValuesResponse> responses) {
            var answer = org.btrdb.proto.v5api.RawValuesResponse.newBuilder().setVersionMajor(11);
            if (request.getUuid().byteAt(15) == 3) {
              answer.getStatBuilder().setCode(426);
            } else {
              answer.addValuesBuilder().setTime(1).setValue(2);
            }
            answer(responses, answer.build());
          }
        };
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      List<UUID> streams = List.of(STREAM, failing, STREAM);
      try (MergedPoints rows = MergedPoints.open(btrdb, streams, TimeRange.ALL, SCOPE)) {
        assertStaysFailed(rows);
        assertThatThrownBy(rows::current).isInstanceOf(IllegalStateException.class);
      }
      try (MergedPoints rows =
          MergedPoints.open(btrdb, List.of(STREAM, STREAM), TimeRange.ALL, SCOPE)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.next()).isFalse();
      }
    }
  }
}
