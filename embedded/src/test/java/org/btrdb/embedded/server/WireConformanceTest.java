package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsResponse;
import org.btrdb.proto.v5api.ChangesParams;
import org.btrdb.proto.v5api.ChangesResponse;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.DeleteParams;
import org.btrdb.proto.v5api.DeleteResponse;
import org.btrdb.proto.v5api.FlushParams;
import org.btrdb.proto.v5api.KeyOptValue;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.LookupStreamsResponse;
import org.btrdb.proto.v5api.SetStreamAnnotationsParams;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.StreamDescriptor;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.WindowsResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Cases of section 10 of the reference over the wire that need a history of calls; the others are
 * in {@link WireContractTest}, {@link WireArrowTest} and {@link WireMetadataTest}.
 */
class WireConformanceTest {
  @SuppressWarnings("NullAway.Init")
  private static WireClient wire;

  @BeforeAll
  static void serve() {
    wire = WireClient.start();
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  private static long flush(ByteString uuid) {
    return wire.stub().flush(FlushParams.newBuilder().setUuid(uuid).build()).getVersionMajor();
  }

  private static List<ChangesResponse> changes(ByteString uuid, long from, long to) {
    return WireClient.list(
        wire.stub()
            .changes(
                ChangesParams.newBuilder()
                    .setUuid(uuid)
                    .setFromMajor(from)
                    .setToMajor(to)
                    .build()));
  }

  private static long ranges(List<ChangesResponse> answers) {
    assertThat(answers).isNotEmpty().noneMatch(ChangesResponse::hasStat);
    return answers.stream().mapToLong(ChangesResponse::getRangesCount).sum();
  }

  @Test
  void cases20And21ChangesBetweenVersions() {
    ByteString uuid = wire.emptyStream("changes");
    wire.insert(uuid, 1, 1);
    assertThat(flush(uuid)).isEqualTo(11);
    wire.insert(uuid, 2, 1);
    assertThat(flush(uuid)).isEqualTo(12);
    assertThat(ranges(changes(uuid, 12, 12))).isZero();
    assertThat(ranges(changes(uuid, 11, 12))).isPositive();
    assertThat(ranges(changes(uuid, 12, 0))).isZero();
    wire.insert(uuid, 3, 1);
    assertThat(ranges(changes(uuid, 12, 0))).isPositive();
  }

  @Test
  void case22DeletedTwiceAndInsertedAgain() {
    ByteString uuid = wire.stream("deleted", LongStream.range(0, 100).toArray());
    DeleteParams all =
        DeleteParams.newBuilder()
            .setUuid(uuid)
            .setStart(TimeRange.MIN_NANOS)
            .setEnd(TimeRange.MAX_NANOS - 1)
            .build();
    for (int i = 0; i < 2; i++) {
      DeleteResponse answer = wire.stub().delete(all);
      assertThat(answer.hasStat()).isFalse();
      assertThat(answer.getVersionMajor()).isEqualTo(12 + i);
    }
    assertThat(wire.raw(uuid, 0, 100, 0).get(0).getValuesCount()).isZero();
    assertThat(wire.raw(uuid, 0, 100, 11).get(0).getValuesCount()).isEqualTo(100);
    assertThat(wire.insert(uuid, 7, 1).hasStat()).isFalse();
    assertThat(wire.raw(uuid, 0, 100, 0).get(0).getValuesCount()).isEqualTo(1);
  }

  private static StreamDescriptor described(ByteString uuid) {
    return wire.stub()
        .streamInfo(StreamInfoParams.newBuilder().setUuid(uuid).build())
        .getStreamDescriptor();
  }

  private static Map<String, String> annotations(ByteString uuid) {
    return described(uuid).getAnnotationsList().stream()
        .collect(Collectors.toMap(KeyOptValue::getKey, pair -> pair.getVal().getValue()));
  }

  @Test
  void case32PropertyVersionsRise() {
    ByteString uuid = UuidBytes.of(UUID.randomUUID());
    wire.stub()
        .create(
            CreateParams.newBuilder()
                .setUuid(uuid)
                .setCollection("case32")
                .addTags(WireClient.pair("name", "x"))
                .addAnnotations(WireClient.pair("foo", "bar"))
                .build());
    assertThat(described(uuid).getPropertyVersion()).isEqualTo(1);
    SetStreamAnnotationsParams.Builder edit =
        SetStreamAnnotationsParams.newBuilder().setUuid(uuid).setExpectedPropertyVersion(1);
    wire.stub()
        .setStreamAnnotations(edit.clone().addChanges(WireClient.pair("foo", "baz")).build());
    assertThat(described(uuid).getPropertyVersion()).isEqualTo(2);
    assertThat(annotations(uuid)).containsExactly(entry("foo", "baz"));
    wire.stub().setStreamAnnotations(edit.setExpectedPropertyVersion(2).addRemovals("foo").build());
    assertThat(described(uuid).getPropertyVersion()).isEqualTo(3);
    assertThat(annotations(uuid)).isEmpty();
  }

  @Test
  void case34WindowsAreTheSameBeforeAndAfterAFlush() {
    ByteString uuid = wire.emptyStream("flushed");
    for (long time : new long[] {0, 1, 2, 100, 101}) {
      wire.insert(uuid, time, 1);
    }
    List<StatPoint> windows = windows(uuid);
    List<StatPoint> aligned = aligned(uuid);
    assertThat(flush(uuid)).isEqualTo(11);
    assertThat(windows(uuid)).isEqualTo(windows).hasSize(12);
    assertThat(aligned(uuid)).isEqualTo(aligned).hasSize(2);
  }

  private static List<StatPoint> windows(ByteString uuid) {
    return wire.windows(uuid, 0, 128, 10).stream()
        .map(WindowsResponse::getValuesList)
        .flatMap(List::stream)
        .toList();
  }

  private static List<StatPoint> aligned(ByteString uuid) {
    return wire.aligned(uuid, 0, 128, 4).stream()
        .map(AlignedWindowsResponse::getValuesList)
        .flatMap(List::stream)
        .toList();
  }

  private static long found(String collection, boolean isPrefix, KeyOptValue... tags) {
    return WireClient.list(
            wire.stub()
                .lookupStreams(
                    LookupStreamsParams.newBuilder()
                        .setCollection(collection)
                        .setIsCollectionPrefix(isPrefix)
                        .addAllTags(List.of(tags))
                        .build()))
        .stream()
        .mapToLong(LookupStreamsResponse::getResultsCount)
        .sum();
  }

  @Test
  void case35LookupsByCollectionPrefixAndTags() {
    for (int collection = 0; collection < 20; collection++) {
      for (int name = 0; name < 50; name++) {
        wire.stub()
            .create(
                CreateParams.newBuilder()
                    .setUuid(UuidBytes.of(UUID.randomUUID()))
                    .setCollection("look" + (collection < 10 ? ".00" : ".0") + collection)
                    .addTags(WireClient.pair("name", Integer.toString(name)))
                    .addTags(WireClient.pair("unit", Integer.toString(collection)))
                    .build());
      }
    }
    assertThat(found("look.", true, WireClient.pair("name", "23"))).isEqualTo(20);
    assertThat(found("look.", true, WireClient.pair("name", "16"), WireClient.pair("unit", "13")))
        .isEqualTo(1);
    assertThat(found("look.000", false)).isEqualTo(50);
    assertThat(found("look.00", false)).isZero();
  }

  @Test
  void case36AlignedWindowsOfADay() {
    long width = 1L << 30;
    long first = 1_456_790_399_996_657_664L;
    ByteString uuid =
        wire.stream("day", LongStream.range(-1, 80_467).map(i -> first + i * width + 7).toArray());
    long day = 1_456_790_400_000_000_000L;
    long[] times =
        wire.aligned(uuid, day, day + 86_400_000_000_000L, 30).stream()
            .flatMap(answer -> answer.getValuesList().stream())
            .mapToLong(StatPoint::getTime)
            .toArray();
    assertThat(times).hasSize(80_466).startsWith(first).endsWith(1_456_876_798_632_525_824L);
    assertThat(IntStream.range(1, times.length).allMatch(i -> times[i] - times[i - 1] == width))
        .isTrue();
  }
}
