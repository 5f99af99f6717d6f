package org.btrdb.client.fake;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.AlignedWindowsResponse;
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
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.KeyOptValue;
import org.btrdb.proto.v5api.ListCollectionsParams;
import org.btrdb.proto.v5api.ListCollectionsResponse;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.LookupStreamsResponse;
import org.btrdb.proto.v5api.Mash;
import org.btrdb.proto.v5api.Member;
import org.btrdb.proto.v5api.MergePolicy;
import org.btrdb.proto.v5api.MetadataUsageParams;
import org.btrdb.proto.v5api.MetadataUsageResponse;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.ObliterateParams;
import org.btrdb.proto.v5api.ObliterateResponse;
import org.btrdb.proto.v5api.OptValue;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.SetStreamAnnotationsParams;
import org.btrdb.proto.v5api.SetStreamAnnotationsResponse;
import org.btrdb.proto.v5api.SetStreamTagsParams;
import org.btrdb.proto.v5api.SetStreamTagsResponse;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.Status;
import org.btrdb.proto.v5api.StreamDescriptor;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
import org.btrdb.proto.v5api.WindowsParams;
import org.btrdb.proto.v5api.WindowsResponse;

/** The calls of a 5.x; one at a time. */
final class Fake5x extends BTrDBGrpc.BTrDBImplBase {
  private static final int POINTS = 5000;
  private static final int OTHERS = 1000;
  private static final int MOST_INSERTED = 50_000;

  private static final List<String> TAGS = List.of("name", "unit", "ingress", "distiller");

  private final FakeStore store;
  private volatile int port;

  Fake5x(FakeStore store) {
    this.store = store;
  }

  /** Tells where it listens, which its map of the cluster says. */
  void listensAt(int newPort) {
    port = newPort;
  }

  private static Status stat(Refused refused) {
    return Status.newBuilder().setCode(refused.code()).setMsg(refused.text()).build();
  }

  private FakeStream stream(ByteString uuid) {
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
            .setMajorVersion(5)
            .setMinorVersion(29)
            .setBuild("5.29.0")
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
          return Fake5xReads.raw(stream, version, request.getStart(), request.getEnd());
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
        .setStddev(stats.stddev())
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
          return Fake5xReads.aligned(
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
    long version = request.getVersionMajor();
    Pages.of(
        responses,
        POINTS,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.answering(version);
          if (request.getWidth() <= 0) {
            throw new Refused(415, "window width is absurd");
          }
          return Fake5xReads.windows(
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
                      Fake5xReads.nearest(
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
          return Fake4xReads.changes(
              stream(request.getUuid()),
              request.getFromMajor(),
              request.getToMajor(),
              request.getResolution());
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
        .addAllTags(pairs(allTags(stream)))
        .addAllAnnotations(pairs(stream.annotations))
        .setPropertyVersion(stream.propertyVersion)
        .build();
  }

  /** A 5.x tells all its tags, unset ones as empty. */
  private static Map<String, ByteString> allTags(FakeStream stream) {
    Map<String, ByteString> all = new HashMap<>();
    TAGS.forEach(tag -> all.put(tag, stream.tags.getOrDefault(tag, ByteString.EMPTY)));
    return all;
  }

  private static List<KeyOptValue> pairs(Map<String, ByteString> map) {
    return map.entrySet().stream()
        .map(
            e ->
                KeyOptValue.newBuilder()
                    .setKey(e.getKey())
                    .setVal(OptValue.newBuilder().setValueBytes(e.getValue()))
                    .build())
        .toList();
  }

  private static Map<String, ByteString> map(List<KeyOptValue> pairs) {
    Map<String, ByteString> map = new HashMap<>();
    pairs.forEach(pair -> map.put(pair.getKey(), pair.getVal().getValueBytes()));
    return map;
  }

  private static void checkTags(Set<String> keys) {
    if (!TAGS.containsAll(keys)) {
      throw new Refused(408, "invalid tag key in " + keys);
    }
  }

  @Override
  public synchronized void create(CreateParams request, StreamObserver<CreateResponse> responses) {
    Pages.one(
        responses,
        () -> {
          Map<String, ByteString> tags = map(request.getTagsList());
          Map<String, ByteString> annotations = map(request.getAnnotationsList());
          store.checkCollection(request.getCollection());
          checkTags(tags.keySet());
          store.checkPairs(annotations, 0);
          if (store.obliterated.contains(request.getUuid())) {
            throw new Refused(429, "uuid has been used before");
          }
          if (store.streams.containsKey(request.getUuid())) {
            throw new Refused(417, "uuid exists");
          }
          if (store.named(request.getCollection(), tags) != null) {
            throw new Refused(418, "ambiguous stream");
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
          if (request.getExpectedPropertyVersion() != stream.propertyVersion) {
            throw new Refused(423, "(423: annotation version mismatch)");
          }
          Map<String, ByteString> changes = map(request.getChangesList());
          store.checkPairs(changes, 0);
          stream.annotations.putAll(changes);
          request.getRemovalsList().forEach(stream.annotations::remove);
          stream.propertyVersion++;
          return SetStreamAnnotationsResponse.getDefaultInstance();
        },
        refused -> SetStreamAnnotationsResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void setStreamTags(
      SetStreamTagsParams request, StreamObserver<SetStreamTagsResponse> responses) {
    Pages.one(
        responses,
        () -> {
          FakeStream stream = stream(request.getUuid());
          if (request.getExpectedPropertyVersion() != stream.propertyVersion) {
            throw new Refused(423, "property version mismatch");
          }
          Map<String, ByteString> changes = map(request.getTagsList());
          checkTags(changes.keySet());
          store.checkCollection(request.getCollection());
          stream.tags.putAll(changes);
          request.getRemoveList().forEach(stream.tags::remove);
          stream.collection = request.getCollection();
          stream.propertyVersion++;
          return SetStreamTagsResponse.getDefaultInstance();
        },
        refused -> SetStreamTagsResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void listCollections(
      ListCollectionsParams request, StreamObserver<ListCollectionsResponse> responses) {
    Pages.of(
        responses,
        3,
        () ->
            store.collectionKeys().stream()
                .map(key -> key.substring(0, key.length() - 1))
                .filter(name -> name.startsWith(request.getPrefix()))
                .sorted(
                    Comparator.comparing(
                        ByteString::copyFromUtf8, ByteString.unsignedLexicographicalComparator()))
                .toList(),
        page -> ListCollectionsResponse.newBuilder().addAllCollections(page).build(),
        refused -> ListCollectionsResponse.newBuilder().setStat(stat(refused)).build());
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
          checkTags(tags.keySet());
          String collection = request.getCollection();
          List<FakeStream> found = new ArrayList<>(store.streams.values());
          found.removeIf(
              s ->
                  !(request.getIsCollectionPrefix()
                          ? s.collection.startsWith(collection)
                          : s.collection.equals(collection))
                      || !FakeStore.matches(allTags(s), tags)
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

  private static Map<String, Optional<ByteString>> conditions(List<KeyOptValue> pairs) {
    Map<String, Optional<ByteString>> map = new LinkedHashMap<>();
    pairs.forEach(
        p ->
            map.put(
                p.getKey(),
                p.hasVal() ? Optional.of(p.getVal().getValueBytes()) : Optional.empty()));
    return map;
  }

  @Override
  public synchronized void insert(InsertParams request, StreamObserver<InsertResponse> responses) {
    Pages.one(
        responses,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.insert(
              request.getValuesList().stream()
                  .map(p -> new Sample(p.getTime(), p.getValue()))
                  .toList(),
              MOST_INSERTED);
          if (request.getMergePolicy() == MergePolicy.REPLACE) {
            Map<Long, Sample> last = new TreeMap<>();
            stream.latest().forEach(s -> last.put(s.time(), s));
            stream.replace(List.copyOf(last.values()));
          }
          return InsertResponse.newBuilder()
              .setVersionMajor(stream.told())
              .setVersionMinor(stream.buffer.size())
              .build();
        },
        refused -> InsertResponse.newBuilder().setStat(stat(refused)).build());
  }

  @Override
  public synchronized void delete(DeleteParams request, StreamObserver<DeleteResponse> responses) {
    Pages.one(
        responses,
        () -> {
          FakeStream stream = stream(request.getUuid());
          stream.delete(request.getStart(), request.getEnd());
          stream.tell();
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
  public synchronized void getMetadataUsage(
      MetadataUsageParams request, StreamObserver<MetadataUsageResponse> responses) {
    Map<String, Long> annotations = new TreeMap<>();
    store.streams.values().stream()
        .filter(s -> s.collection.startsWith(request.getPrefix()))
        .flatMap(s -> s.annotations.keySet().stream())
        .forEach(key -> annotations.merge(key, 1L, Long::sum));
    MetadataUsageResponse.Builder answer = MetadataUsageResponse.newBuilder();
    TAGS.forEach(tag -> answer.addTagsBuilder().setKey(tag));
    annotations.forEach((key, n) -> answer.addAnnotationsBuilder().setKey(key).setCount(n));
    responses.onNext(answer.build());
    responses.onCompleted();
  }
}
