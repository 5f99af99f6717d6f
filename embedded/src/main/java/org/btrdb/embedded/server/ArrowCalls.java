package org.btrdb.embedded.server;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.arrow.ArrowColumn;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.arrow.ArrowSchema;
import org.btrdb.client.grpc.wire.InsertMessage;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.multi.GridRun;
import org.btrdb.client.multi.TimeGrid;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.ArrowInsertParams;
import org.btrdb.proto.v5api.ArrowMultiValuesParams;
import org.btrdb.proto.v5api.ArrowRawValuesParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.WindowsParams;

/** The calls of 5.30 and later that carry Arrow IPC streams (reference 3). */
final class ArrowCalls {
  private static final Set<ArrowColumn.Type> TIMES =
      EnumSet.of(ArrowColumn.Type.TIMESTAMP_NANOS, ArrowColumn.Type.INT64);
  private static final Set<ArrowColumn.Type> VALUES =
      EnumSet.of(ArrowColumn.Type.FLOAT64, ArrowColumn.Type.FLOAT32);

  private final CheckedReads reads;
  private final ColumnCalls columns;

  ArrowCalls(Btrdb btrdb, ColumnCalls columns) {
    this.reads = new CheckedReads(btrdb);
    this.columns = columns;
  }

  void rawValues(ArrowRawValuesParams request, StreamObserver<WireBytes> responses) {
    ColumnCalls.answer(
        responses,
        scope -> {
          TimeRange range = RequestRules.points(request.getStart(), request.getEnd());
          ArrowSchema schema = schema(request.getTemplateBytes(), ArrowSchema.POINTS);
          CheckedReads.Target target =
              new CheckedReads.Target(request.getUuid(), request.getVersionMajor(), scope);
          return new PointAnswers(reads.points(target, range), PointMessages.arrow(schema));
        });
  }

  void windows(WindowsParams request, StreamObserver<WireBytes> responses) {
    columns.windows(request, StatMessages.arrow(), responses);
  }

  void alignedWindows(AlignedWindowsParams request, StreamObserver<WireBytes> responses) {
    columns.alignedWindows(request, StatMessages.arrow(), responses);
  }

  void multiValues(ArrowMultiValuesParams request, StreamObserver<WireBytes> responses) {
    ColumnCalls.answer(responses, scope -> multiValues(request, scope));
  }

  private Answers<WireBytes> multiValues(ArrowMultiValuesParams request, CallScope scope) {
    RequestRules.streams(request.getUuidCount());
    List<UUID> uuids = request.getUuidList().stream().map(UuidBytes::parse).toList();
    int versions = request.getVersionMajorCount();
    if (uuids.isEmpty() || (versions != 0 && versions != uuids.size())) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          "at least one stream is needed, and a version for each or none: there are "
              + uuids.size()
              + " streams and "
              + versions
              + " versions");
    }
    TimeRange range = RequestRules.points(request.getStart(), request.getEnd());
    TimeGrid grid = TimeGrid.of(range, request.getSnapPeriodNs());
    ArrowSchema schema = schema(request.getTemplateBytes(), ArrowSchema.wide(uuids));
    List<GridRun> runs = new ArrayList<>();
    try {
      for (int i = 0; i < uuids.size(); i++) {
        long version = versions == 0 ? 0 : request.getVersionMajor(i);
        CheckedReads.Target target = new CheckedReads.Target(request.getUuid(i), version, scope);
        runs.add(new GridRun(reads.points(target, grid.toRead()), grid));
      }
      return new MultiAnswers(runs, schema);
    } catch (RuntimeException e) {
      runs.forEach(GridRun::close);
      throw e;
    }
  }

  /** What an answer is cast to: the template, if there is one that it can be cast to. */
  private static ArrowSchema schema(ByteString template, ArrowSchema plain) {
    if (template.isEmpty()) {
      return plain;
    }
    ArrowSchema schema = ArrowSchema.template(template.toByteArray());
    int size = schema.columns().size();
    boolean fits = size == plain.columns().size();
    for (int i = 0; fits && i < size; i++) {
      fits = (i == 0 ? TIMES : VALUES).contains(schema.columns().get(i).type());
    }
    if (!fits) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          "the answer cannot be cast to the template: it has a time and "
              + (plain.columns().size() - 1)
              + " columns of doubles");
    }
    return schema;
  }

  void insert(ArrowInsertParams request, StreamObserver<InsertResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> {
          byte[] bytes = request.getArrowBytes().toByteArray();
          PointBatch points = new ArrowPoints().read(bytes, 0, bytes.length);
          return columns.insert(
              new InsertMessage(
                  request.getUuid(), points, request.getMergePolicyValue(), request.hasRounding()),
              scope);
        },
        stat -> InsertResponse.newBuilder().setStat(stat).build());
  }
}
