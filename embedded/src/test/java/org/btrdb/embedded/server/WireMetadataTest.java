package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.ChangedRange;
import org.btrdb.proto.v5api.ChangesParams;
import org.btrdb.proto.v5api.ChangesResponse;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.KeyCount;
import org.btrdb.proto.v5api.KeyOptValue;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.LookupStreamsResponse;
import org.btrdb.proto.v5api.MetadataUsageParams;
import org.btrdb.proto.v5api.MetadataUsageResponse;
import org.btrdb.proto.v5api.ObliterateParams;
import org.btrdb.proto.v5api.SetStreamAnnotationsParams;
import org.btrdb.proto.v5api.SetStreamTagsParams;
import org.btrdb.proto.v5api.StreamDescriptor;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Codes and answers of edits, obliterations, usage and changes, as any client sees them. */
class WireMetadataTest {
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

  private static int tags(ByteString uuid, long version, String collection, KeyOptValue... tags) {
    return wire.stub()
        .setStreamTags(
            SetStreamTagsParams.newBuilder()
                .setUuid(uuid)
                .setExpectedPropertyVersion(version)
                .setCollection(collection)
                .addAllTags(List.of(tags))
                .build())
        .getStat()
        .getCode();
  }

  private static int annotations(ByteString uuid, long version, KeyOptValue... changes) {
    return wire.stub()
        .setStreamAnnotations(
            SetStreamAnnotationsParams.newBuilder()
                .setUuid(uuid)
                .setExpectedPropertyVersion(version)
                .addAllChanges(List.of(changes))
                .build())
        .getStat()
        .getCode();
  }

  private static StreamDescriptor describe(ByteString uuid) {
    return wire.stub()
        .streamInfo(StreamInfoParams.newBuilder().setUuid(uuid).setOmitVersion(true).build())
        .getStreamDescriptor();
  }

  @Test
  void editsAnswerTheCodesOfTheContract() {
    ByteString uuid = wire.emptyStream("edited");
    wire.emptyStream("other");
    KeyOptValue name = WireClient.pair("name", "moved");
    assertThat(tags(uuid, 0, "a\0b", name)).isEqualTo(407);
    assertThat(tags(uuid, 0, "", WireClient.pair("colour", "red"))).isEqualTo(408);
    assertThat(tags(uuid, 0, "", WireClient.pair("unit", "x".repeat(256)))).isEqualTo(409);
    assertThat(tags(uuid, 0, "", WireClient.pair("name", "other"))).isEqualTo(418);
    assertThat(tags(uuid, 7, "", name)).isEqualTo(423);
    assertThat(tags(UuidBytes.of(UUID.randomUUID()), 0, "", name)).isEqualTo(404);
    assertThat(annotations(uuid, 0, WireClient.pair("Upper", "x"))).isEqualTo(408);
    assertThat(annotations(uuid, 0, WireClient.pair("a", "x".repeat(256)))).isEqualTo(409);
    assertThat(annotations(uuid, 7, WireClient.pair("a", "b"))).isEqualTo(423);
    assertThat(describe(uuid).getPropertyVersion()).isEqualTo(1);
    assertThat(tags(uuid, 1, "", name)).isZero();
    assertThat(annotations(uuid, 2, WireClient.pair("a", "b"))).isZero();
    assertThat(describe(uuid).getCollection()).isEqualTo("tests");
    assertThat(describe(uuid).getTagsList()).contains(name);
    assertThat(describe(uuid).getAnnotationsList()).containsExactly(WireClient.pair("a", "b"));
    assertThat(describe(uuid).getPropertyVersion()).isEqualTo(3);
  }

  private static int create(CreateParams.Builder stream) {
    return wire.stub()
        .create(stream.setUuid(UuidBytes.of(UUID.randomUUID())).setCollection("keys").build())
        .getStat()
        .getCode();
  }

  private static int lookup(LookupStreamsParams.Builder query) {
    return WireClient.list(wire.stub().lookupStreams(query.build())).get(0).getStat().getCode();
  }

  /** Which one is meant nobody can tell. */
  @Test
  void keysGivenTwiceAreRefused() {
    KeyOptValue a = WireClient.pair("name", "a");
    KeyOptValue b = WireClient.pair("name", "b");
    assertThat(create(CreateParams.newBuilder().addTags(a).addTags(b))).isEqualTo(408);
    assertThat(create(CreateParams.newBuilder().addTags(a).addAnnotations(a).addAnnotations(b)))
        .isEqualTo(408);
    ByteString uuid = wire.emptyStream("twice");
    assertThat(tags(uuid, 0, "", a, b)).isEqualTo(408);
    assertThat(annotations(uuid, 0, a, b)).isEqualTo(408);
    assertThat(lookup(LookupStreamsParams.newBuilder().addTags(a).addTags(b))).isEqualTo(421);
    assertThat(lookup(LookupStreamsParams.newBuilder().addAnnotations(a).addAnnotations(b)))
        .isEqualTo(421);
    assertThat(describe(uuid).getPropertyVersion()).isEqualTo(1);
  }

  @Test
  void searchesForKeysThatCannotExistAre408() {
    KeyOptValue colour = WireClient.pair("colour", "red");
    KeyOptValue upper = WireClient.pair("Upper", "x");
    assertThat(lookup(LookupStreamsParams.newBuilder().addTags(colour))).isEqualTo(408);
    assertThat(lookup(LookupStreamsParams.newBuilder().addAnnotations(upper))).isEqualTo(408);
    assertThat(lookup(LookupStreamsParams.newBuilder().addAnnotations(colour))).isZero();
  }

  /** Messages are cut by their bytes; the client takes those of 4 MiB. */
  @Test
  void lookupsOfLargeMetadataComeInMessagesThatAnyClientTakes() {
    CreateParams.Builder stream = CreateParams.newBuilder();
    for (int i = 0; i < 350; i++) {
      stream.addAnnotations(WireClient.pair("k" + i, "v".repeat(250)));
    }
    for (int i = 0; i < 60; i++) {
      stream.clearTags().addTags(WireClient.pair("name", "n" + i));
      stream.setUuid(UuidBytes.of(UUID.randomUUID())).setCollection("large");
      assertThat(wire.stub().create(stream.build()).hasStat()).isFalse();
    }
    List<LookupStreamsResponse> messages =
        WireClient.list(
            wire.stub()
                .lookupStreams(LookupStreamsParams.newBuilder().setCollection("large").build()));
    assertThat(messages).allMatch(message -> message.getSerializedSize() < 1 << 20);
    assertThat(messages.stream().mapToInt(LookupStreamsResponse::getResultsCount).sum())
        .isEqualTo(60);
  }

  @Test
  void annotationsThatAreTooManyAre422() {
    CreateParams.Builder stream = CreateParams.newBuilder();
    for (int i = 0; i < 4200; i++) {
      stream.addAnnotations(WireClient.pair("k" + i, "v".repeat(250)));
    }
    assertThat(create(stream)).isEqualTo(422);
  }

  @Test
  void obliteratedUuidsAnswer404And429() {
    ByteString uuid = wire.stream("obliterated", 1, 2);
    ObliterateParams request = ObliterateParams.newBuilder().setUuid(uuid).build();
    assertThat(wire.stub().obliterate(request).hasStat()).isFalse();
    assertThat(wire.stub().obliterate(request).getStat().getCode()).isEqualTo(404);
    assertThat(wire.raw(uuid, 0, 1, 0).get(0).getStat().getCode()).isEqualTo(404);
    CreateParams again = CreateParams.newBuilder().setUuid(uuid).setCollection("again").build();
    assertThat(wire.stub().create(again).getStat().getCode()).isEqualTo(429); // 24
  }

  @Test
  void usageListsAllFixedTags() {
    MetadataUsageResponse nowhere =
        wire.stub().getMetadataUsage(MetadataUsageParams.newBuilder().setPrefix("no/").build());
    assertThat(nowhere.getTagsList())
        .extracting(KeyCount::getKey)
        .containsExactlyInAnyOrder("name", "unit", "ingress", "distiller");
    assertThat(nowhere.getTagsList()).allMatch(tag -> tag.getCount() == 0);
    assertThat(nowhere.getAnnotationsList()).isEmpty();
    ByteString uuid = UuidBytes.of(UUID.randomUUID());
    wire.stub()
        .create(
            CreateParams.newBuilder()
                .setUuid(uuid)
                .setCollection("usage")
                .addAnnotations(WireClient.pair("phase", "a"))
                .build());
    assertThat(
            wire.stub()
                .getMetadataUsage(MetadataUsageParams.newBuilder().setPrefix("usa").build())
                .getAnnotationsList())
        .containsExactly(KeyCount.newBuilder().setKey("phase").setCount(1).build());
  }

  private static List<ChangesResponse> changes(
      ByteString uuid, long from, long to, int resolution) {
    return WireClient.list(
        wire.stub()
            .changes(
                ChangesParams.newBuilder()
                    .setUuid(uuid)
                    .setFromMajor(from)
                    .setToMajor(to)
                    .setResolution(resolution)
                    .build()));
  }

  private static int code(ByteString uuid, long from, long to, int resolution) {
    return changes(uuid, from, to, resolution).get(0).getStat().getCode();
  }

  @Test
  void changesAnswerRangesAndCodes() {
    ByteString uuid = wire.stream("changed", 1, 2); // version 11
    assertThat(changes(uuid, 11, 11, 0))
        .containsExactly(ChangesResponse.newBuilder().setVersionMajor(11).build());
    wire.insert(uuid, 3, 3);
    List<ChangesResponse> buffered = changes(uuid, 11, 0, 0); // 21
    assertThat(buffered.get(0).getRangesCount()).isEqualTo(1);
    assertThat(buffered.get(0).getVersionMinor()).isEqualTo(1);
    assertThat(code(uuid, 12, 11, 0)).isEqualTo(427);
    assertThat(code(uuid, 10, 12, 0)).isEqualTo(404);
    assertThat(code(uuid, 12, 0, 0)).isEqualTo(404);
    assertThat(code(uuid, -1, 0, 0)).isEqualTo(404);
    assertThat(code(uuid, 0, 9, 0)).isEqualTo(450);
    assertThat(code(uuid, 0, 0, 64)).isEqualTo(415);
    assertThat(code(UuidBytes.of(UUID.randomUUID()), 0, 0, 0)).isEqualTo(404);
    assertThat(changes(wire.emptyStream("never written"), 0, 0, 0).get(0).getRangesList())
        .containsExactly(
            ChangedRange.newBuilder()
                .setStart(TimeRange.MIN_NANOS)
                .setEnd(TimeRange.MAX_NANOS)
                .build());
  }
}
