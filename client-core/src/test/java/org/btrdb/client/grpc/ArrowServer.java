package org.btrdb.client.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.btrdb.client.grpc.arrow.ReferenceArrow;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.AlignedWindowsResponse;
import org.btrdb.proto.v5api.ArrowAlignedWindowsResponse;
import org.btrdb.proto.v5api.ArrowRawValuesParams;
import org.btrdb.proto.v5api.ArrowRawValuesResponse;
import org.btrdb.proto.v5api.ArrowWindowsResponse;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.WindowsParams;
import org.btrdb.proto.v5api.WindowsResponse;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers the same rows by the row calls and, written by Apache Arrow's library, by
 * the Arrow calls, whatever range is asked.
 */
class ArrowServer extends ScriptedServer.V5 {
  static final int MAJOR = 11;
  static final int MINOR = 3;

  final AtomicInteger arrowCalls = new AtomicInteger();
  final AtomicInteger rowCalls = new AtomicInteger();

  /** One list for each message: rows of points, or of windows. */
  List<List<@Nullable Number[]>> messages = new ArrayList<>();

  ReferenceArrow.Style style = ReferenceArrow.Style.NULLABLE;

  /** The version told. */
  int infoMajor = 5;

  int infoMinor = 30;

  /** In-band codes that the calls answer with, 0 for the rows. */
  int arrowStat;

  int rowStat;

  boolean arrowUnimplemented;

  @Override
  public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
    responses.onNext(
        InfoResponse.newBuilder().setMajorVersion(infoMajor).setMinorVersion(infoMinor).build());
    responses.onCompleted();
  }

  private static org.btrdb.proto.v5api.Status stat(int code) {
    return org.btrdb.proto.v5api.Status.newBuilder().setCode(code).setMsg("as told").build();
  }

  private boolean refusesArrow(StreamObserver<?> responses) {
    arrowCalls.incrementAndGet();
    if (arrowUnimplemented) {
      responses.onError(Status.UNIMPLEMENTED.asRuntimeException());
    }
    return arrowUnimplemented;
  }

  private ByteString points(List<@Nullable Number[]> rows) {
    return stream(ReferenceArrow.POINTS, List.of(rows));
  }

  private ByteString windows(List<@Nullable Number[]> rows) {
    int half = rows.size() / 2;
    return stream(
        ReferenceArrow.WINDOWS, List.of(rows.subList(0, half), rows.subList(half, rows.size())));
  }

  private ByteString stream(List<ArrowType> types, List<List<@Nullable Number[]>> batches) {
    try (ReferenceArrow arrow = new ReferenceArrow()) {
      return ByteString.copyFrom(arrow.write(types, style, batches));
    }
  }

  @Override
  public void arrowRawValues(
      ArrowRawValuesParams request, StreamObserver<ArrowRawValuesResponse> responses) {
    if (refusesArrow(responses)) {
      return;
    }
    if (arrowStat != 0) {
      responses.onNext(ArrowRawValuesResponse.newBuilder().setStat(stat(arrowStat)).build());
    } else {
      for (List<@Nullable Number[]> rows : messages) {
        responses.onNext(
            ArrowRawValuesResponse.newBuilder()
                .setVersionMajor(MAJOR)
                .setVersionMinor(MINOR)
                .setArrowBytes(points(rows))
                .build());
      }
    }
    responses.onCompleted();
  }

  @Override
  public void arrowWindows(WindowsParams request, StreamObserver<ArrowWindowsResponse> responses) {
    if (refusesArrow(responses)) {
      return;
    }
    if (arrowStat != 0) {
      responses.onNext(ArrowWindowsResponse.newBuilder().setStat(stat(arrowStat)).build());
    } else {
      for (List<@Nullable Number[]> rows : messages) {
        responses.onNext(
            ArrowWindowsResponse.newBuilder()
                .setVersionMajor(MAJOR)
                .setVersionMinor(MINOR)
                .setArrowBytes(windows(rows))
                .build());
      }
    }
    responses.onCompleted();
  }

  @Override
  public void arrowAlignedWindows(
      AlignedWindowsParams request, StreamObserver<ArrowAlignedWindowsResponse> responses) {
    if (refusesArrow(responses)) {
      return;
    }
    if (arrowStat != 0) {
      responses.onNext(ArrowAlignedWindowsResponse.newBuilder().setStat(stat(arrowStat)).build());
    } else {
      for (List<@Nullable Number[]> rows : messages) {
        responses.onNext(
            ArrowAlignedWindowsResponse.newBuilder()
                .setVersionMajor(MAJOR)
                .setVersionMinor(MINOR)
                .setArrowBytes(windows(rows))
                .build());
      }
    }
    responses.onCompleted();
  }

  private static double orNan(@Nullable Number value) {
    return value == null ? Double.NaN : value.doubleValue();
  }

  private static long number(@Nullable Number value) {
    return value == null ? 0 : value.longValue();
  }

  private static StatPoint window(@Nullable Number[] row) {
    return StatPoint.newBuilder()
        .setTime(number(row[0]))
        .setMin(orNan(row[1]))
        .setMean(orNan(row[2]))
        .setMax(orNan(row[3]))
        .setCount(number(row[4]))
        .setStddev(orNan(row[5]))
        .build();
  }

  @Override
  public void rawValues(RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
    rowCalls.incrementAndGet();
    if (rowStat != 0) {
      responses.onNext(RawValuesResponse.newBuilder().setStat(stat(rowStat)).build());
    } else {
      for (List<@Nullable Number[]> rows : messages) {
        RawValuesResponse.Builder answer =
            RawValuesResponse.newBuilder().setVersionMajor(MAJOR).setVersionMinor(MINOR);
        for (@Nullable Number[] row : rows) {
          answer.addValuesBuilder().setTime(number(row[0])).setValue(orNan(row[1]));
        }
        responses.onNext(answer.build());
      }
    }
    responses.onCompleted();
  }

  @Override
  public void windows(WindowsParams request, StreamObserver<WindowsResponse> responses) {
    rowCalls.incrementAndGet();
    if (rowStat != 0) {
      responses.onNext(WindowsResponse.newBuilder().setStat(stat(rowStat)).build());
    } else {
      for (List<@Nullable Number[]> rows : messages) {
        responses.onNext(
            WindowsResponse.newBuilder()
                .setVersionMajor(MAJOR)
                .setVersionMinor(MINOR)
                .addAllValues(rows.stream().map(ArrowServer::window).toList())
                .build());
      }
    }
    responses.onCompleted();
  }

  @Override
  public void alignedWindows(
      AlignedWindowsParams request, StreamObserver<AlignedWindowsResponse> responses) {
    rowCalls.incrementAndGet();
    for (List<@Nullable Number[]> rows : messages) {
      responses.onNext(
          AlignedWindowsResponse.newBuilder()
              .setVersionMajor(MAJOR)
              .setVersionMinor(MINOR)
              .addAllValues(rows.stream().map(ArrowServer::window).toList())
              .build());
    }
    responses.onCompleted();
  }
}
