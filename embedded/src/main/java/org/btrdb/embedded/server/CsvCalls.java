package org.btrdb.embedded.server;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.GenerateCSVParams;
import org.btrdb.proto.v5api.GenerateCSVResponse;
import org.btrdb.proto.v5api.StreamCSVConfig;

/** The call that answers streams side by side as text (reference 2.19). */
final class CsvCalls extends BTrDBGrpc.BTrDBImplBase {
  private final CheckedReads reads;

  CsvCalls(Btrdb btrdb) {
    this.reads = new CheckedReads(btrdb);
  }

  @Override
  public void generateCSV(
      GenerateCSVParams request, StreamObserver<GenerateCSVResponse> responses) {
    AnswerPump.answer(
        responses,
        scope -> new CsvAnswers(columns(request, scope), request.getIncludeVersions()),
        stat -> GenerateCSVResponse.newBuilder().setStat(stat).build());
  }

  private List<CsvColumns> columns(GenerateCSVParams request, CallScope scope) {
    RequestRules.streams(request.getStreamsCount());
    Function<StreamCSVConfig, CsvColumns> opener = opener(request, scope);
    List<CsvColumns> columns = new ArrayList<>();
    try {
      request.getStreamsList().forEach(stream -> columns.add(opener.apply(stream)));
      return columns;
    } catch (RuntimeException e) {
      columns.forEach(CsvColumns::close);
      throw e;
    }
  }

  private Function<StreamCSVConfig, CsvColumns> opener(GenerateCSVParams request, CallScope scope) {
    long start = request.getStartTime();
    long end = request.getEndTime();
    return switch (request.getQueryType()) {
      case RAW_QUERY -> {
        TimeRange range = RequestRules.points(start, end);
        yield stream ->
            new CsvColumns.OfPoints(stream.getLabel(), reads.points(target(stream, scope), range));
      }
      case WINDOWS_QUERY -> {
        long width = request.getWindowSize();
        TimeRange range = RequestRules.windows(start, end, width, request.getDepth());
        yield stream ->
            new CsvColumns.OfWindows(
                stream.getLabel(), reads.windows(target(stream, scope), range, width));
      }
      case ALIGNED_WINDOWS_QUERY -> {
        int pointWidth = request.getDepth();
        TimeRange range = RequestRules.aligned(start, end, pointWidth);
        yield stream ->
            new CsvColumns.OfWindows(
                stream.getLabel(), reads.aligned(target(stream, scope), range, pointWidth));
      }
      case UNRECOGNIZED ->
          throw new BtrdbException(
              ErrorCode.INVALID_ARGUMENT, "no query has number " + request.getQueryTypeValue());
    };
  }

  private static CheckedReads.Target target(StreamCSVConfig stream, CallScope scope) {
    return new CheckedReads.Target(stream.getUuid(), stream.getVersion(), scope);
  }
}
