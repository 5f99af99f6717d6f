package org.btrdb.client.fake;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.grpcinterface.AlignedWindowsParams;
import org.btrdb.proto.grpcinterface.AlignedWindowsResponse;
import org.btrdb.proto.grpcinterface.BTrDBGrpc;
import org.btrdb.proto.grpcinterface.ChangedRange;
import org.btrdb.proto.grpcinterface.ChangesParams;
import org.btrdb.proto.grpcinterface.ChangesResponse;
import org.btrdb.proto.grpcinterface.CreateParams;
import org.btrdb.proto.grpcinterface.CreateResponse;
import org.btrdb.proto.grpcinterface.DeleteParams;
import org.btrdb.proto.grpcinterface.DeleteResponse;
import org.btrdb.proto.grpcinterface.FlushParams;
import org.btrdb.proto.grpcinterface.FlushResponse;
import org.btrdb.proto.grpcinterface.GenerateCSVParams;
import org.btrdb.proto.grpcinterface.GenerateCSVResponse;
import org.btrdb.proto.grpcinterface.InfoParams;
import org.btrdb.proto.grpcinterface.InfoResponse;
import org.btrdb.proto.grpcinterface.InsertParams;
import org.btrdb.proto.grpcinterface.InsertResponse;
import org.btrdb.proto.grpcinterface.KeyOptValue;
import org.btrdb.proto.grpcinterface.KeyValue;
import org.btrdb.proto.grpcinterface.ListCollectionsParams;
import org.btrdb.proto.grpcinterface.ListCollectionsResponse;
import org.btrdb.proto.grpcinterface.LookupStreamsParams;
import org.btrdb.proto.grpcinterface.LookupStreamsResponse;
import org.btrdb.proto.grpcinterface.Mash;
import org.btrdb.proto.grpcinterface.Member;
import org.btrdb.proto.grpcinterface.MetadataUsageParams;
import org.btrdb.proto.grpcinterface.MetadataUsageResponse;
import org.btrdb.proto.grpcinterface.NearestParams;
import org.btrdb.proto.grpcinterface.NearestResponse;
import org.btrdb.proto.grpcinterface.ObliterateParams;
import org.btrdb.proto.grpcinterface.ObliterateResponse;
import org.btrdb.proto.grpcinterface.RawPoint;
import org.btrdb.proto.grpcinterface.RawValuesParams;
import org.btrdb.proto.grpcinterface.RawValuesResponse;
import org.btrdb.proto.grpcinterface.SetStreamAnnotationsParams;
import org.btrdb.proto.grpcinterface.SetStreamAnnotationsResponse;
import org.btrdb.proto.grpcinterface.StatPoint;
import org.btrdb.proto.grpcinterface.Status;
import org.btrdb.proto.grpcinterface.StreamDescriptor;
import org.btrdb.proto.grpcinterface.StreamInfoParams;
import org.btrdb.proto.grpcinterface.StreamInfoResponse;
import org.btrdb.proto.grpcinterface.WindowsParams;
import org.btrdb.proto.grpcinterface.WindowsResponse;

/** The calls of a 4.15.9; one at a time. */
final class Fake4x extends BTrDBGrpc.BTrDBImplBase {
  private static final int POINTS = 5000;
  private static final int OTHERS = 1000;
  private static final int MOST_INSERTED = 25_000;
  private static final int UUID_BYTES = 16;

  private final FakeStore store;
  private volatile int port;

  Fake4x(FakeStore store) {
    this.store = store;
  }

  /** Tells where it listens, which its map of the cluster says. */
  void listensAt(int newPort) {
    port = newPort;
  }

  private static Status stat(Refused refused) {
    return Status.newBuilder().setCode(refused.code()).setMsg(refused.text()).build();
  }

  /** Notes a request that kills or wedges, and fails it as a dead server would. */
  private RuntimeException harm(String what) {
    store.harms.add(what);
    return io.grpc.Status.UNAVAILABLE.withDescription(what).asRuntimeException();
  }

  private FakeStream stream(ByteString uuid) {
    if (uuid.size() != UUID_BYTES) {
      throw harm("a uuid of " + uuid.size() + " bytes");
    }
    return store.stream(uuid);
  }

  private static long minor(FakeStream stream, long version) {
    return version == 0 ? stream.buffer.size() : 0;
  }

  @Override
  public void info(InfoParams request, StreamObserver<InfoResponse> responses) {
    Member here =
        Member.newBuilder()
            .setNodename("here")
            .setUp(true)
            .setIn(true)
            .setEnabled(true)
            .setEnd(1L << 32)
            .setWeight(100)
            .setGrpcEndpoints("127.0.0.1:" + port + ";")
            .build();
    Member gone = Member.newBuilder().setNodename("gone").build();
    responses.onNext(
        InfoResponse.newBuilder()
            .setMajorVersion(4)
            .setMinorVersion(15)
            .setBuild("4.15.9")
            .setMash(
                Mash.newBuilder()
                    .setHealthy(true)
                    .setLeader("here")
                    .addMembers(here)
                    .addMembers(gone))
            .build());
    responses.onCompleted();
  }

  @Override
  public synchronized void rawValues(
      RawValuesParams request, StreamObserver<RawValuesResponse> responses) {
    long version = request.getVersionMajor();
    Pages.of(
        responses,
        POINTS,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.answering(version);
          return Fake4xReads.raw(stream, version, request.getStart(), request.getEnd());
        },
        page -> {
          FakeStream stream = stream(request.getUuid());
          RawValuesResponse.Builder answer =
              RawValuesResponse.newBuilder()
                  .setVersionMajor(stream.answering(version))
                  .setVersionMinor(minor(stream, version));
          page.forEach(s -> answer.addValues(point(s)));
          return answer.build();
        },
        refused -> RawValuesResponse.newBuilder().setStat(stat(refused)).build());
  }

  private static RawPoint point(Sample sample) {
    return RawPoint.newBuilder().setTime(sample.time()).setValue(sample.value()).build();
  }

  private static StatPoint point(Stats stats) {
    return StatPoint.newBuilder()
        .setTime(stats.time())
        .setMin(stats.min())
        .setMean(stats.mean())
        .setMax(stats.max())
        .setCount(stats.count())
        .build();
  }

  @Override
  public synchronized void alignedWindows(
      AlignedWindowsParams request, StreamObserver<AlignedWindowsResponse> responses) {
    long version = request.getVersionMajor();
    Pages.of(
        responses,
        POINTS,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.answering(version);
          return Fake4xReads.aligned(
              stream, version, request.getStart(), request.getEnd(), request.getPointWidth());
        },
        page -> {
          FakeStream stream = stream(request.getUuid());
          AlignedWindowsResponse.Builder answer =
              AlignedWindowsResponse.newBuilder()
                  .setVersionMajor(stream.answering(version))
                  .setVersionMinor(minor(stream, version));
          page.forEach(s -> answer.addValues(point(s)));
          return answer.build();
        },
        refused -> AlignedWindowsResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void windows(
      WindowsParams request, StreamObserver<WindowsResponse> responses) {
    if (request.getWidth() == 0) {
      throw harm("a window width of 0");
    }
    if (request.getDepth() != 0) {
      throw harm("a depth, which makes windows inexact");
    }
    long version = request.getVersionMajor();
    Pages.of(
        responses,
        POINTS,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.answering(version);
          if (request.getWidth() < 0) {
            throw new Refused(415, "window width is absurd");
          }
          return Fake4xReads.windows(
              stream, version, request.getStart(), request.getEnd(), request.getWidth());
        },
        page -> {
          FakeStream stream = stream(request.getUuid());
          WindowsResponse.Builder answer =
              WindowsResponse.newBuilder()
                  .setVersionMajor(stream.answering(version))
                  .setVersionMinor(minor(stream, version));
          page.forEach(s -> answer.addValues(point(s)));
          return answer.build();
        },
        refused -> WindowsResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void nearest(
      NearestParams request, StreamObserver<NearestResponse> responses) {
    long version = request.getVersionMajor();
    Pages.one(
        responses,
        () -> {
          FakeStream stream = stream(request.getUuid());
          return NearestResponse.newBuilder()
              .setVersionMajor(stream.answering(version))
              .setVersionMinor(minor(stream, version))
              .setValue(
                  point(
                      Fake4xReads.nearest(
                          stream, version, request.getTime(), request.getBackward())))
              .build();
        },
        refused -> NearestResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void changes(
      ChangesParams request, StreamObserver<ChangesResponse> responses) {
    Pages.of(
        responses,
        OTHERS,
        () -> {
          List<TimeRange> ranges =
              Fake4xReads.changes(
                  stream(request.getUuid()),
                  request.getFromMajor(),
                  request.getToMajor(),
                  request.getResolution());
          if (ranges.isEmpty() && request.getToMajor() == 0) {
            throw harm("changes to the latest version when there are none");
          }
          return ranges;
        },
        page -> {
          FakeStream stream = stream(request.getUuid());
          ChangesResponse.Builder answer =
              ChangesResponse.newBuilder()
                  .setVersionMajor(stream.answering(request.getToMajor()))
                  .setVersionMinor(minor(stream, request.getToMajor()));
          page.forEach(
              r ->
                  answer.addRanges(
                      ChangedRange.newBuilder().setStart(r.startNanos()).setEnd(r.endNanos())));
          return answer.build();
        },
        refused -> ChangesResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void streamInfo(
      StreamInfoParams request, StreamObserver<StreamInfoResponse> responses) {
    Pages.one(
        responses,
        () -> {
          if (request.getOmitDescriptor() && store.obliterated.contains(request.getUuid())) {
            return StreamInfoResponse.newBuilder().setVersionMajor(11).build();
          }
          FakeStream stream = stream(request.getUuid());
          StreamInfoResponse.Builder answer = StreamInfoResponse.newBuilder();
          if (!request.getOmitVersion()) {
            answer.setVersionMajor(stream.told()).setVersionMinor(stream.buffer.size());
          }
          return answer.setStreamDescriptor(descriptor(stream)).build();
        },
        refused -> StreamInfoResponse.newBuilder().setStat(stat(refused)).build());
  }

  private static StreamDescriptor descriptor(FakeStream stream) {
    return StreamDescriptor.newBuilder()
        .setUuid(stream.uuid)
        .setCollection(stream.collection)
        .addAllTags(pairs(stream.tags))
        .addAllAnnotations(pairs(stream.annotations))
        .setAnnotationVersion(stream.propertyVersion)
        .build();
  }

  private static List<KeyValue> pairs(Map<String, ByteString> map) {
    return map.entrySet().stream()
        .map(e -> KeyValue.newBuilder().setKey(e.getKey()).setValue(e.getValue()).build())
        .toList();
  }

  private static Map<String, ByteString> map(List<KeyValue> pairs) {
    Map<String, ByteString> map = new HashMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue()));
    return map;
  }

  @Override
  public synchronized void create(CreateParams request, StreamObserver<CreateResponse> responses) {
    if (request.getUuid().size() != UUID_BYTES) {
      throw harm("a stream under " + request.getUuid().size() + " bytes");
    }
    Pages.one(
        responses,
        () -> {
          Map<String, ByteString> tags = map(request.getTagsList());
          Map<String, ByteString> annotations = map(request.getAnnotationsList());
          store.checkCollection(request.getCollection());
          store.checkPairs(tags, 1);
          store.checkPairs(annotations, 0);
          if (store.named(request.getCollection(), tags) != null) {
            throw new Refused(406, "a stream already exists with identical tags");
          }
          if (store.streams.containsKey(request.getUuid())
              || store.obliterated.contains(request.getUuid())) {
            throw new Refused(429, "uuid has been used before");
          }
          store.streams.put(
              request.getUuid(),
              new FakeStream(request.getUuid(), request.getCollection(), tags, annotations));
          return CreateResponse.getDefaultInstance();
        },
        refused -> CreateResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void setStreamAnnotations(
      SetStreamAnnotationsParams request, StreamObserver<SetStreamAnnotationsResponse> responses) {
    Pages.one(
        responses,
        () -> {
          FakeStream stream = stream(request.getUuid());
          if (request.getExpectedAnnotationVersion() != stream.propertyVersion) {
            throw new Refused(423, "(423: annotation version mismatch)");
          }
          for (KeyOptValue pair : request.getAnnotationsList()) {
            if (pair.hasVal()) {
              store.checkPairs(Map.of(pair.getKey(), pair.getVal().getValue()), 0);
              stream.annotations.put(pair.getKey(), pair.getVal().getValue());
            } else {
              stream.annotations.remove(pair.getKey());
            }
          }
          stream.propertyVersion++;
          return SetStreamAnnotationsResponse.getDefaultInstance();
        },
        refused -> SetStreamAnnotationsResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void listCollections(
      ListCollectionsParams request, StreamObserver<ListCollectionsResponse> responses) {
    Pages.one(
        responses,
        () -> {
          long limit = request.getLimit();
          if (limit < 1
              || limit > 10_000
              || !request.getStartWith().startsWith(request.getPrefix())) {
            throw new Refused(421, "wrong arguments");
          }
          List<String> keys = store.collectionKeys();
          return ListCollectionsResponse.newBuilder()
              .addAllCollections(
                  keys.stream()
                      .filter(key -> key.startsWith(request.getPrefix()))
                      .filter(key -> !isBefore(key, request.getStartWith()))
                      .limit(limit)
                      .map(key -> key.substring(0, key.length() - 1))
                      .toList())
              .build();
        },
        refused -> ListCollectionsResponse.newBuilder().setStat(stat(refused)).build());
  }

  private static boolean isBefore(String key, String start) {
    return ByteString.unsignedLexicographicalComparator()
            .compare(ByteString.copyFromUtf8(key), ByteString.copyFromUtf8(start))
        < 0;
  }

  @Override
  public synchronized void lookupStreams(
      LookupStreamsParams request, StreamObserver<LookupStreamsResponse> responses) {
    Pages.of(
        responses,
        OTHERS,
        () -> {
          Map<String, Optional<ByteString>> tags = conditions(request.getTagsList());
          Map<String, Optional<ByteString>> annotations = conditions(request.getAnnotationsList());
          tags.forEach(
              (key, v) -> store.checkPairs(Map.of(key, v.orElse(ByteString.copyFromUtf8("x"))), 1));
          annotations.forEach(
              (key, v) -> store.checkPairs(Map.of(key, v.orElse(ByteString.EMPTY)), 0));
          String prefix = request.getCollection() + (request.getIsCollectionPrefix() ? "" : "/");
          List<FakeStream> found = new ArrayList<>(store.streams.values());
          found.removeIf(
              s ->
                  !key(s, tags.isEmpty() && annotations.isEmpty()).startsWith(prefix)
                      || !FakeStore.matches(s.tags, tags)
                      || !FakeStore.matches(s.annotations, annotations));
          return found;
        },
        page -> {
          LookupStreamsResponse.Builder answer = LookupStreamsResponse.newBuilder();
          page.forEach(s -> answer.addResults(descriptor(s)));
          return answer.build();
        },
        refused -> LookupStreamsResponse.newBuilder().setStat(stat(refused)).build());
  }

  /** What a stream is found by: its collection and, without conditions, its tags as text. */
  private static String key(FakeStream stream, boolean byTags) {
    StringBuilder key = new StringBuilder(stream.collection).append('/');
    if (byTags) {
      stream.tags.forEach((k, v) -> key.append(k).append('=').append(v.toStringUtf8()).append(','));
    }
    return key.toString();
  }

  private static Map<String, Optional<ByteString>> conditions(List<KeyOptValue> pairs) {
    Map<String, Optional<ByteString>> map = new LinkedHashMap<>();
    pairs.forEach(
        p ->
            map.put(
                p.getKey(), p.hasVal() ? Optional.of(p.getVal().getValue()) : Optional.empty()));
    return map;
  }

  @Override
  public synchronized void insert(InsertParams request, StreamObserver<InsertResponse> responses) {
    Pages.one(
        responses,
        () -> {
          if (store.obliterated.contains(request.getUuid())) {
            return InsertResponse.newBuilder().setVersionMajor(11).setVersionMinor(1).build();
          }
          FakeStream stream = stream(request.getUuid());
          stream.insert(
              request.getValuesList().stream()
                  .map(p -> new Sample(p.getTime(), p.getValue()))
                  .toList(),
              MOST_INSERTED);
          return InsertResponse.newBuilder()
              .setVersionMajor(stream.told())
              .setVersionMinor(stream.buffer.size())
              .build();
        },
        refused -> InsertResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void delete(DeleteParams request, StreamObserver<DeleteResponse> responses) {
    if (!store.streams.containsKey(request.getUuid())) {
      throw harm("a delete on an unknown stream, of which the second hangs every commit");
    }
    Pages.one(
        responses,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.delete(request.getStart(), request.getEnd());
          return DeleteResponse.newBuilder().setVersionMajor(stream.major()).build();
        },
        refused -> DeleteResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void flush(FlushParams request, StreamObserver<FlushResponse> responses) {
    Pages.one(
        responses,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.flush();
          return FlushResponse.newBuilder().setVersionMajor(stream.told()).build();
        },
        refused -> FlushResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void obliterate(
      ObliterateParams request, StreamObserver<ObliterateResponse> responses) {
    Pages.one(
        responses,
        () -> {
          stream(request.getUuid());
          store.streams.remove(request.getUuid());
          store.obliterated.add(request.getUuid());
          return ObliterateResponse.getDefaultInstance();
        },
        refused -> ObliterateResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public void getMetadataUsage(
      MetadataUsageParams request, StreamObserver<MetadataUsageResponse> responses) {
    throw harm("GetMetadataUsage");
  }

  @Override
  public void generateCSV(
      GenerateCSVParams request, StreamObserver<GenerateCSVResponse> responses) {
    throw harm("GenerateCSV");
  }
}
