package org.btrdb.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.grpc.call.NothingAhead;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.multi.MergedPoints;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More reads at a time than a server takes on one connection. */
@Timeout(60)
class ManyReadsTest {
  /** What HTTP/2 recommends as the least; nginx takes 128. */
  private static final int CALLS = 100;

  /** Of the first connection, which gives them more room. */
  private static final int ROOMY = 8;

  private static final int POINTS = 2_000;

  private static CallScope patience() {
    return CallScope.withTimeout(Duration.ofSeconds(20));
  }

  /** Answers raw reads in messages of many points, more than it may send ahead. */
  private static final class Flood extends ScriptedServer.V5 {
    private final int messages;

    Flood(int messages) {
      this.messages = messages;
    }

    @Override
    public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
      for (int message = 0; message < messages; message++) {
        RawValuesResponse.Builder answer = RawValuesResponse.newBuilder().setVersionMajor(11);
        for (int i = 1; i <= POINTS; i++) {
          answer.addValuesBuilder().setTime((long) message * POINTS + i).setValue(i);
        }
        responses.onNext(answer.build());
      }
      responses.onCompleted();
    }

    @Override
    public void streamInfo(StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
      responses.onNext(StreamInfoResponse.newBuilder().setVersionMajor(11).build());
      responses.onCompleted();
    }
  }

  private static List<DataCursor<PointBatch>> begin(Btrdb btrdb, int reads) {
    List<DataCursor<PointBatch>> cursors = new ArrayList<>();
    CallScope scope = patience();
    for (int i = 0; i < reads; i++) {
      DataCursor<PointBatch> cursor =
          btrdb.raw(new UUID(1, i), TimeRange.ALL, StreamVersion.LATEST, scope);
      cursors.add(cursor);
      assertThat(cursor.next()).as("read %d", i).isTrue();
    }
    return cursors;
  }

  private static void awaitConnections(ScriptedServer server, int count) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (server.connections() != count) {
      assertThat(System.nanoTime()).as("%d connections", server.connections()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void thoseBeyondGoOverAnotherConnectionAndQuestionsAreAnswered() {
    try (ScriptedServer server = ScriptedServer.startTaking(CALLS, new Flood(100))) {
      try (Btrdb btrdb = server.connect();
          Btrdb other = server.connect()) {
        List<DataCursor<PointBatch>> first = begin(btrdb, ROOMY);
        assertThat(server.connections()).isEqualTo(1);
        List<DataCursor<PointBatch>> more = begin(btrdb, CALLS + 1);
        assertThat(server.connections()).isEqualTo(3);
        assertThat(other.version(new UUID(1, 2), patience()).major()).isEqualTo(11);
        more.forEach(DataCursor::close);
        first.forEach(DataCursor::close);
        begin(other, ROOMY + CALLS).forEach(DataCursor::close);
        assertThat(server.connections()).as("after reads that ended made room").isEqualTo(3);
      }
      awaitConnections(server, 0);
    }
  }

  @Test
  void sideBySideTheyAreReadToTheEnd() {
    List<UUID> streams =
        IntStream.range(0, ROOMY + CALLS + 2).mapToObj(i -> new UUID(1, i)).toList();
    try (ScriptedServer server = ScriptedServer.startTaking(CALLS, new Flood(60));
        Btrdb btrdb = server.connect();
        MergedPoints merged = MergedPoints.open(btrdb, streams, TimeRange.ALL, patience())) {
      int rows = 0;
      while (merged.next()) {
        rows += merged.current().size();
      }
      assertThat(rows).isEqualTo(60 * POINTS);
    }
  }

  @Test
  void whereNothingIsReadAheadEverythingComesWhenItIsWanted() {
    try (NothingAhead claimed = new NothingAhead();
        ScriptedServer server = ScriptedServer.start(new Flood(20));
        Btrdb btrdb = server.connect();
        DataCursor<PointBatch> cursor =
            btrdb.raw(new UUID(1, 2), TimeRange.ALL, StreamVersion.LATEST, patience())) {
      assertThat(claimed.messages()).isPositive();
      int points = 0;
      while (cursor.next()) {
        points += cursor.current().size();
      }
      assertThat(points).isEqualTo(20 * POINTS);
    }
  }
}
