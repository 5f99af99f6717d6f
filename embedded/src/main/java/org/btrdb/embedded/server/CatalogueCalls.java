package org.btrdb.embedded.server;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.DataCursor;
import org.btrdb.client.batch.Point;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.ChangedRange;
import org.btrdb.proto.v5api.ChangesParams;
import org.btrdb.proto.v5api.ChangesResponse;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.CreateResponse;
import org.btrdb.proto.v5api.DeleteParams;
import org.btrdb.proto.v5api.DeleteResponse;
import org.btrdb.proto.v5api.FlushParams;
import org.btrdb.proto.v5api.FlushResponse;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.ListCollectionsParams;
import org.btrdb.proto.v5api.ListCollectionsResponse;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.LookupStreamsResponse;
import org.btrdb.proto.v5api.Mash;
import org.btrdb.proto.v5api.Member;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.ProxyInfo;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.Status;
import org.btrdb.proto.v5api.StreamDescriptor;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;

/** The calls whose answers the generated classes carry: metadata, nearest points, versions. */
final class CatalogueCalls extends BTrDBGrpc.BTrDBImplBase {
  private static final long HASHES = 1L << 32;

  private final Btrdb btrdb;
  private final Predicate<UUID> exists;
  private final Endpoint endpoint;

  /**
   * The calls.
   *
   * @param btrdb as the caller sees it
   * @param exists whether there is a stream, whoever asks
   */
  CatalogueCalls(Btrdb btrdb, Predicate<UUID> exists, Endpoint endpoint) {
    this.btrdb = btrdb;
    this.exists = exists;
    this.endpoint = endpoint;
  }

  @Override
  public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
    UnaryAnswer.answer(
        responses, scope -> info(), stat -> InfoResponse.newBuilder().setStat(stat).build());
  }

  private InfoResponse info() {
    Member self =
        Member.newBuilder()
            .setNodename("btrdb")
            .setUp(true)
            .setIn(true)
            .setEnabled(true)
            .setEnd(HASHES)
            .setWeight(1)
            .setReadPreference(1)
            .setGrpcEndpoints(endpoint.toString())
            .build();
    return InfoResponse.newBuilder()
        .setMash(
            Mash.newBuilder()
                .setRevision(1)
                .setLeader(self.getNodename())
                .setLeaderRevision(1)
                .setTotalWeight(1)
                .setHealthy(true)
                .addMembers(self))
        .setMajorVersion(btrdb.info().majorVersion())
        .setMinorVersion(btrdb.info().minorVersion())
        .setBuild(btrdb.info().build())
        .setProxy(ProxyInfo.newBuilder().addProxyEndpoints(endpoint.toString()))
        .build();
  }

  @Override
  public void streamInfo(StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> streamInfo(request, scope),
        stat -> StreamInfoResponse.newBuilder().setStat(stat).build());
  }

  private StreamInfoResponse streamInfo(StreamInfoParams request, CallScope scope) {
    if (request.getOmitVersion() && request.getOmitDescriptor()) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "nothing is asked: version and descriptor are omitted");
    }
    UUID uuid = UuidBytes.parse(request.getUuid());
    StreamDescriptor descriptor =
        btrdb.stream(uuid, scope).map(WireMetadata::of).orElseThrow(() -> noSuchStream());
    StreamInfoResponse.Builder answer =
        StreamInfoResponse.newBuilder()
            .setStreamDescriptor(
                request.getOmitDescriptor()
                    ? StreamDescriptor.newBuilder().setUuid(request.getUuid()).build()
                    : descriptor);
    if (!request.getOmitVersion()) {
      StreamVersion version = btrdb.version(uuid, scope);
      answer.setVersionMajor(version.major()).setVersionMinor(version.minor());
    }
    return answer.build();
  }

  private static BtrdbException noSuchStream() {
    return new BtrdbException(ErrorCode.NO_SUCH_STREAM, "stream does not exist");
  }

  @Override
  public void create(CreateParams request, StreamObserver<CreateResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> create(request, scope),
        stat -> CreateResponse.newBuilder().setStat(stat).build());
  }

  private CreateResponse create(CreateParams request, CallScope scope) {
    NewStream stream =
        new NewStream(
            UuidBytes.parse(request.getUuid()),
            request.getCollection(),
            WireMetadata.map(request.getTagsList()),
            WireMetadata.map(request.getAnnotationsList()));
    try {
      btrdb.create(stream, scope);
      return CreateResponse.getDefaultInstance();
    } catch (BtrdbException e) {
      if (e.code() != ErrorCode.STREAM_EXISTS) {
        throw e;
      }
      int code =
          exists.test(stream.uuid()) ? StatusCodes.SAME_STREAM : StatusCodes.AMBIGUOUS_STREAM;
      Status stat = StatusCodes.of(code, String.valueOf(e.getMessage()));
      return CreateResponse.newBuilder().setStat(stat).build();
    }
  }

  @Override
  public void listCollections(
      ListCollectionsParams request, StreamObserver<ListCollectionsResponse> responses) {
    AnswerPump.answer(
        responses,
        scope ->
            ListAnswers.ofSmall(
                btrdb.collections(request.getPrefix(), scope),
                names -> ListCollectionsResponse.newBuilder().addAllCollections(names).build()),
        stat -> ListCollectionsResponse.newBuilder().setStat(stat).build());
  }

  @Override
  public void lookupStreams(
      LookupStreamsParams request, StreamObserver<LookupStreamsResponse> responses) {
    AnswerPump.answer(
        responses,
        scope ->
            new ListAnswers<>(
                btrdb.lookup(
                    new StreamQuery(
                        request.getCollection(),
                        request.getIsCollectionPrefix(),
                        WireMetadata.conditions(request.getTagsList()),
                        WireMetadata.conditions(request.getAnnotationsList())),
                    scope),
                WireMetadata::of,
                StreamDescriptor::getSerializedSize,
                streams -> LookupStreamsResponse.newBuilder().addAllResults(streams).build()),
        stat -> LookupStreamsResponse.newBuilder().setStat(stat).build());
  }

  @Override
  public void nearest(NearestParams request, StreamObserver<NearestResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> nearest(request, scope),
        stat -> NearestResponse.newBuilder().setStat(stat).build());
  }

  private NearestResponse nearest(NearestParams request, CallScope scope) {
    RequestRules.time(request.getTime());
    UUID uuid = UuidBytes.parse(request.getUuid());
    long major = request.getVersionMajor();
    Optional<Point> point =
        Versions.read(
            btrdb,
            uuid,
            major,
            () -> btrdb.nearest(uuid, request.getTime(), request.getBackward(), major, scope));
    StreamVersion version =
        major == StreamVersion.LATEST ? btrdb.version(uuid, scope) : new StreamVersion(major, 0);
    NearestResponse.Builder answer =
        NearestResponse.newBuilder()
            .setVersionMajor(version.major())
            .setVersionMinor(version.minor());
    point.ifPresentOrElse(
        p ->
            answer.setValue(
                RawPoint.newBuilder().setTime(p.timeNanos()).setValue(p.value()).build()),
        () -> answer.setStat(StatusCodes.of(StatusCodes.NO_SUCH_POINT, "no such point")));
    return answer.build();
  }

  @Override
  public void changes(ChangesParams request, StreamObserver<ChangesResponse> responses) {
    boolean isBackward =
        request.getToMajor() != StreamVersion.LATEST
            && Long.compareUnsigned(request.getFromMajor(), request.getToMajor()) > 0;
    AnswerPump.answer(
        responses,
        scope -> changes(request, isBackward, scope),
        stat ->
            ChangesResponse.newBuilder()
                .setStat(
                    isBackward ? StatusCodes.of(StatusCodes.INVALID_VERSIONS, stat.getMsg()) : stat)
                .build());
  }

  private Answers<ChangesResponse> changes(
      ChangesParams request, boolean isBackward, CallScope scope) {
    if (isBackward) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT, "changes are told from an older version to a newer one");
    }
    UUID uuid = UuidBytes.parse(request.getUuid());
    long from = request.getFromMajor();
    long to = request.getToMajor();
    DataCursor<List<TimeRange>> cursor =
        Versions.read(
            btrdb,
            uuid,
            to == StreamVersion.LATEST ? from : to,
            () -> btrdb.changes(uuid, from, to, request.getResolution(), scope));
    return ListAnswers.ofSmall(
        cursor,
        ranges -> {
          ChangesResponse.Builder answer =
              ChangesResponse.newBuilder()
                  .setVersionMajor(cursor.version().major())
                  .setVersionMinor(cursor.version().minor());
          ranges.forEach(
              range ->
                  answer.addRanges(
                      ChangedRange.newBuilder()
                          .setStart(range.startNanos())
                          .setEnd(range.endNanos())));
          return answer.build();
        });
  }

  @Override
  public void delete(DeleteParams request, StreamObserver<DeleteResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> {
          TimeRange range = RequestRules.points(request.getStart(), request.getEnd());
          StreamVersion version = btrdb.delete(UuidBytes.parse(request.getUuid()), range, scope);
          return DeleteResponse.newBuilder()
              .setVersionMajor(version.major())
              .setVersionMinor(version.minor())
              .build();
        },
        stat -> DeleteResponse.newBuilder().setStat(stat).build());
  }

  @Override
  public void flush(FlushParams request, StreamObserver<FlushResponse> responses) {
    UnaryAnswer.answer(
        responses,
        scope -> {
          StreamVersion version = btrdb.flush(UuidBytes.parse(request.getUuid()), scope);
          return FlushResponse.newBuilder()
              .setVersionMajor(version.major())
              .setVersionMinor(version.minor())
              .build();
        },
        stat -> FlushResponse.newBuilder().setStat(stat).build());
  }
}
