package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.btrdb.client.CallScope;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.ArrowInsertParams;
import org.btrdb.proto.v5api.ArrowMultiValuesParams;
import org.btrdb.proto.v5api.ArrowRawValuesParams;
import org.btrdb.proto.v5api.ChangesParams;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.DeleteParams;
import org.btrdb.proto.v5api.FaultInjectParams;
import org.btrdb.proto.v5api.FlushParams;
import org.btrdb.proto.v5api.GenerateCSVParams;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.ListCollectionsParams;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.MetadataUsageParams;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.ObliterateParams;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.SQLQueryParams;
import org.btrdb.proto.v5api.SetStreamAnnotationsParams;
import org.btrdb.proto.v5api.SetStreamTagsParams;
import org.btrdb.proto.v5api.StreamCSVConfig;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.SubscriptionUpdate;
import org.btrdb.proto.v5api.WindowsParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method, called by everybody about a stream in {@code plant/a}. */
class AccessTableTest {
  private static final CallScope SCOPE = CallScope.unbounded();
  private static final Set<String> ALL =
      Set.of("public", "reader", "writer", "admin", "other", "root");
  private static final Set<String> READERS = Set.of("reader", "admin", "root");
  private static final Set<String> WRITERS = Set.of("writer", "admin", "root");
  private static final Set<String> ADMINS = Set.of("admin", "root");
  private static final Set<String> ROOT = Set.of("root");

  private static final Map<String, Optional<String>> KEYS =
      Map.of(
          "public", Optional.empty(),
          "reader", Optional.of(TestKeys.READER),
          "writer", Optional.of(TestKeys.WRITER),
          "admin", Optional.of(TestKeys.ADMIN),
          "other", Optional.of(TestKeys.OTHER),
          "root", Optional.of(TestKeys.ROOT),
          "wrong", Optional.of(TestKeys.WRONG));

  /** The answer to who may inject faults: this server is not one for that. */
  private static final int DISABLED = 424;

  @TempDir static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static ServedBtrdb both;

  @SuppressWarnings("NullAway.Init")
  private static ManagedChannel channel;

  /** Who may call a method, and how it is asked about a stream. */
  private record Row(Set<String> permitted, Request request) {}

  @FunctionalInterface
  private interface Request {
    Message about(ByteString uuid);
  }

  private static final Map<String, Row> TABLE =
      Map.ofEntries(
          row("Info", ALL, uuid -> InfoParams.getDefaultInstance()),
          row("ListCollections", ALL, uuid -> ListCollectionsParams.getDefaultInstance()),
          row(
              "LookupStreams",
              ALL,
              uuid -> LookupStreamsParams.newBuilder().setIsCollectionPrefix(true).build()),
          row("GetMetadataUsage", ALL, uuid -> MetadataUsageParams.getDefaultInstance()),
          row(
              "SQLQuery",
              ALL,
              uuid ->
                  SQLQueryParams.newBuilder().setQuery("SELECT uuid FROM streams LIMIT 1").build()),
          row(
              "RawValues",
              READERS,
              uuid -> RawValuesParams.newBuilder().setUuid(uuid).setEnd(9).build()),
          row(
              "ArrowRawValues",
              READERS,
              uuid -> ArrowRawValuesParams.newBuilder().setUuid(uuid).setEnd(9).build()),
          row(
              "ArrowMultiValues",
              READERS,
              uuid -> ArrowMultiValuesParams.newBuilder().addUuid(uuid).setEnd(9).build()),
          row("AlignedWindows", READERS, AccessTableTest::aligned),
          row("ArrowAlignedWindows", READERS, AccessTableTest::aligned),
          row("Windows", READERS, AccessTableTest::windows),
          row("ArrowWindows", READERS, AccessTableTest::windows),
          row("StreamInfo", READERS, uuid -> StreamInfoParams.newBuilder().setUuid(uuid).build()),
          row("Nearest", READERS, uuid -> NearestParams.newBuilder().setUuid(uuid).build()),
          row("Changes", READERS, uuid -> ChangesParams.newBuilder().setUuid(uuid).build()),
          row(
              "GenerateCSV",
              READERS,
              uuid ->
                  GenerateCSVParams.newBuilder()
                      .setQueryType(GenerateCSVParams.QueryType.RAW_QUERY)
                      .setEndTime(9)
                      .addStreams(StreamCSVConfig.newBuilder().setUuid(uuid))
                      .build()),
          row("Subscribe", READERS, uuid -> SubscriptionUpdate.newBuilder().addUuid(uuid).build()),
          row(
              "Create",
              WRITERS,
              uuid ->
                  CreateParams.newBuilder()
                      .setUuid(UuidBytes.of(UUID.randomUUID()))
                      .setCollection("plant/a")
                      .addTags(WireClient.pair("name", UUID.randomUUID().toString()))
                      .build()),
          row(
              "Insert",
              WRITERS,
              uuid ->
                  InsertParams.newBuilder()
                      .setUuid(uuid)
                      .addValues(RawPoint.newBuilder().setTime(5))
                      .build()),
          row(
              "ArrowInsert",
              WRITERS,
              uuid ->
                  ArrowInsertParams.newBuilder()
                      .setUuid(uuid)
                      .setArrowBytes(
                          ByteString.copyFrom(
                              ArrowPoints.write(PointBatch.of(new long[] {5}, new double[1]))))
                      .build()),
          row("Delete", WRITERS, uuid -> DeleteParams.newBuilder().setUuid(uuid).setEnd(9).build()),
          row("Flush", WRITERS, uuid -> FlushParams.newBuilder().setUuid(uuid).build()),
          row(
              "SetStreamTags",
              WRITERS,
              uuid ->
                  SetStreamTagsParams.newBuilder()
                      .setUuid(uuid)
                      .setCollection("plant/a")
                      .addTags(WireClient.pair("unit", "V"))
                      .build()),
          row(
              "SetStreamAnnotations",
              WRITERS,
              uuid ->
                  SetStreamAnnotationsParams.newBuilder()
                      .setUuid(uuid)
                      .addChanges(WireClient.pair("k", "v"))
                      .build()),
          row("Obliterate", ADMINS, uuid -> ObliterateParams.newBuilder().setUuid(uuid).build()),
          row("FaultInject", ROOT, uuid -> FaultInjectParams.getDefaultInstance()));

  private static Map.Entry<String, Row> row(String method, Set<String> permitted, Request request) {
    return Map.entry(method, new Row(permitted, request));
  }

  private static Message aligned(ByteString uuid) {
    return AlignedWindowsParams.newBuilder().setUuid(uuid).setEnd(8).build();
  }

  private static Message windows(ByteString uuid) {
    return WindowsParams.newBuilder().setUuid(uuid).setEnd(9).setWidth(3).build();
  }

  @BeforeAll
  static void serve() throws Exception {
    both =
        ServedBtrdb.start(
            ServerOptions.at(BtrdbServer.LOOPBACK, 0).withKeys(TestKeys.file(directory)), Map.of());
    channel =
        NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    both.close();
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> everyMethodByEveryone() {
    return AnyCall.methods().stream()
        .flatMap(
            method ->
                KEYS.keySet().stream()
                    .sorted()
                    .map(who -> arguments(named(method.getBareMethodName(), method), who)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("everyMethodByEveryone")
  void isAnsweredToWhomItMay(MethodDescriptor<Message, Message> method, String who)
      throws Exception {
    String name = String.valueOf(method.getBareMethodName());
    Row row = Objects.requireNonNull(TABLE.get(name), name);
    Optional<String> key = KEYS.getOrDefault(who, Optional.empty());
    UUID uuid = streamWithAPoint();
    StreamDescriptor before = both.embedded().stream(uuid, SCOPE).orElseThrow();
    Channel calls = key.map(sent -> AnyCall.with(channel, "Bearer " + sent)).orElse(channel);

    AnyCall call =
        AnyCall.make(calls, method, row.request.about(UuidBytes.of(uuid)).toByteString());

    if (row.permitted.contains(who)) {
      assertThat(call.status()).isEqualTo(Status.OK);
      assertThat(call.code()).isEqualTo(name.equals("FaultInject") ? DISABLED : 0);
      return;
    }
    assertThat(call.answers()).isEmpty();
    if (who.equals("wrong")) {
      assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(call.status().getDescription()).isEqualTo("invalid api key");
    } else {
      assertThat(call.status().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(call.status().getDescription())
          .startsWith(who.equals("public") ? "who sends no key may not " : "'" + who + "' may not ")
          .doesNotContain(key.orElse("Bearer"));
    }
    assertThat(both.embedded().stream(uuid, SCOPE)).contains(before);
    assertThat(both.embedded().version(uuid, SCOPE).minor()).isEqualTo(1);
  }

  private static UUID streamWithAPoint() {
    UUID uuid = UUID.randomUUID();
    both.embedded()
        .create(new NewStream(uuid, "plant/a", Map.of("name", uuid.toString()), Map.of()), SCOPE);
    both.embedded()
        .insert(uuid, PointBatch.of(new long[] {3}, new double[1]), MergePolicy.NEVER, SCOPE);
    return uuid;
  }
}
