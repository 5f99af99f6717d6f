package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.stub.StreamObserver;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.grpcinterface.FlushParams;
import org.btrdb.proto.grpcinterface.FlushResponse;
import org.btrdb.proto.grpcinterface.InsertParams;
import org.btrdb.proto.grpcinterface.InsertResponse;
import org.btrdb.proto.grpcinterface.NearestParams;
import org.btrdb.proto.grpcinterface.NearestResponse;
import org.btrdb.proto.grpcinterface.Status;
import org.btrdb.proto.grpcinterface.StreamInfoParams;
import org.btrdb.proto.grpcinterface.StreamInfoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Points that a 4.x server acknowledged are stored, whatever is asked and fails afterwards. */
@Timeout(30)
class StoredInsertTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final UUID STREAM = new UUID(1, 2);

  /** Takes points, and answers questions with a failure. */
  private static final class Taking extends ScriptedServer.V4 {
    private final int infoCode;
    private final int minor;
    private int stored;

    Taking(int infoCode, int minor) {
      this.infoCode = infoCode;
      this.minor = minor;
    }

    private static Status failure(int code) {
      return Status.newBuilder().setCode(code).setMsg("not now").build();
    }

    private static <R> void answer(StreamObserver<R> responses, R message) {
      responses.onNext(message);
      responses.onCompleted();
    }

    @Override
    public void insert(InsertParams request, StreamObserver<InsertResponse> responses) {
      stored += request.getValuesCount();
      answer(
          responses,
          InsertResponse.newBuilder().setVersionMajor(12).setVersionMinor(minor).build());
    }

    @Override
    public void flush(FlushParams request, StreamObserver<FlushResponse> responses) {
      answer(responses, FlushResponse.newBuilder().setVersionMajor(13).build());
    }

    @Override
    public void streamInfo(StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
      answer(responses, StreamInfoResponse.newBuilder().setStat(failure(infoCode)).build());
    }

    @Override
    public void nearest(NearestParams request, StreamObserver<NearestResponse> responses) {
      answer(responses, NearestResponse.newBuilder().setStat(failure(426)).build());
    }
  }

  private static StreamVersion insert(Btrdb btrdb) {
    long[] times = new long[30_000];
    return btrdb.insert(
        STREAM, PointBatch.of(times, new double[times.length]), MergePolicy.NEVER, SCOPE);
  }

  @Test
  void aFailureToLookForTheStreamIsNone() {
    Taking script = new Taking(426, 5);
    try (ScriptedServer server = ScriptedServer.start(script);
        Btrdb btrdb = server.connect()) {
      assertThat(insert(btrdb)).isEqualTo(new StreamVersion(12, 5));
      assertThat(script.stored).isEqualTo(30_000);
    }
  }

  @Test
  void aFailureToLookForTheNewestVersionIsNone() {
    try (ScriptedServer server = ScriptedServer.start(new Taking(426, 0));
        Btrdb btrdb = server.connect()) {
      assertThat(insert(btrdb)).isEqualTo(new StreamVersion(12, 0));
      assertThat(btrdb.flush(STREAM, SCOPE)).isEqualTo(new StreamVersion(13, 0));
    }
  }

  /** The server acknowledges, and loses, points of an obliterated stream. */
  @Test
  void aStreamThatDoesNotExistIsAFailure() {
    try (ScriptedServer server = ScriptedServer.start(new Taking(404, 5));
        Btrdb btrdb = server.connect()) {
      assertThatThrownBy(() -> insert(btrdb))
          .extracting(failure -> ((BtrdbException) failure).code())
          .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    }
  }
}
