package org.btrdb.client.grpc;

import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;

/** Servers of both generations that answer a point of zeros to every Nearest, as some did. */
final class ZeroAnswers {
  /** Start, end and version of each read. */
  final List<String> reads = new CopyOnWriteArrayList<>();

  /** Whether the point is not there. */
  volatile boolean isEmpty = true;

  BindableService v5() {
    return new ScriptedServer.V5() {
      @Override
      public void nearest(NearestParams request, StreamObserver<NearestResponse> responses) {
        responses.onNext(
            NearestResponse.newBuilder()
                .setVersionMajor(11)
                .setValue(RawPoint.getDefaultInstance())
                .build());
        responses.onCompleted();
      }

      @Override
      public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
        reads.add(request.getStart() + " " + request.getEnd() + " " + request.getVersionMajor());
        RawValuesResponse.Builder answer = RawValuesResponse.newBuilder().setVersionMajor(11);
        if (!isEmpty) {
          answer.addValues(RawPoint.getDefaultInstance());
        }
        responses.onNext(answer.build());
        responses.onCompleted();
      }
    };
  }

  BindableService v4() {
    return new ScriptedServer.V4() {
      @Override
      public void nearest(
          org.btrdb.proto.grpcinterface.NearestParams request,
          StreamObserver<org.btrdb.proto.grpcinterface.NearestResponse> responses) {
        responses.onNext(
            org.btrdb.proto.grpcinterface.NearestResponse.newBuilder()
                .setVersionMajor(11)
                .setValue(org.btrdb.proto.grpcinterface.RawPoint.getDefaultInstance())
                .build());
        responses.onCompleted();
      }

      @Override
      public void rawValues(
          org.btrdb.proto.grpcinterface.RawValuesParams request,
          StreamObserver<org.btrdb.proto.grpcinterface.RawValuesResponse> responses) {
        reads.add(request.getStart() + " " + request.getEnd() + " " + request.getVersionMajor());
        org.btrdb.proto.grpcinterface.RawValuesResponse.Builder answer =
            org.btrdb.proto.grpcinterface.RawValuesResponse.newBuilder().setVersionMajor(11);
        if (!isEmpty) {
          answer.addValues(org.btrdb.proto.grpcinterface.RawPoint.getDefaultInstance());
        }
        responses.onNext(answer.build());
        responses.onCompleted();
      }
    };
  }
}
