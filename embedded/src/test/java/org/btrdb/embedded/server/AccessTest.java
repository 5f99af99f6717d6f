package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.ArrowMultiValuesParams;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.GenerateCSVParams;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.SQLQueryParams;
import org.btrdb.proto.v5api.StreamCSVConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers see of what they may not see, and what comes of keys. */
class AccessTest {
  private static final CallScope SCOPE = CallScope.unbounded();

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init")
  private ServedBtrdb both;

  @SuppressWarnings("NullAway.Init")
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws Exception {
    both = start(TestKeys.file(directory));
    channel =
        NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port()).usePlaintext().build();
  }

  private static ServedBtrdb start(Path keys) {
    return ServedBtrdb.start(ServerOptions.at(BtrdbServer.LOOPBACK, 0).withKeys(keys), Map.of());
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    both.close();
  }

  private Btrdb connect(String key) {
    return ServedBtrdb.connect(both.server(), Map.of("apiKey", key));
  }

  private BTrDBGrpc.BTrDBBlockingStub stub(String key) {
    return BTrDBGrpc.newBlockingStub(AnyCall.with(channel, "Bearer " + key));
  }

  private static <T> List<T> all(Cursor<List<T>> cursor) {
    List<T> all = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        all.addAll(cursor.current());
      }
    }
    return all;
  }

  /** A stream with a point at 3 ns. */
  private UUID streamIn(String collection, String name) {
    UUID uuid = both.stream(collection, name);
    both.embedded()
        .insert(uuid, PointBatch.of(new long[] {3}, new double[1]), MergePolicy.NEVER, SCOPE);
    return uuid;
  }

  private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BtrdbException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
  }

  @Test
  void listingsHaveWhatMayBeReadAndNothingElse() throws Exception {
    for (String collection :
        List.of("plant/a", "plant/a b", "plant", "other/b", "zeta", "zeta/1")) {
      both.embedded()
          .create(
              new NewStream(
                  UUID.randomUUID(),
                  collection,
                  Map.of("name", "s", "unit", "V"),
                  Map.of("site", "x")),
              SCOPE);
    }
    Path keys =
        TestKeys.privateFile(
            directory.resolve("k.yaml"),
            """
            users:
              u: {keys: [AAAAAAAA0000000000000001], read: [zeta/, plant/a, plant/a], write: [""]}
            """);
    try (BtrdbServer server =
            BtrdbServer.start(
                both.embedded(), ServerOptions.at(BtrdbServer.LOOPBACK, 0).withKeys(keys));
        Btrdb btrdb = ServedBtrdb.connect(server, Map.of("apiKey", TestKeys.READER));
        Btrdb nobody = ServedBtrdb.connect(server)) {
      assertThat(all(btrdb.collections("", SCOPE)))
          .containsExactly("plant/a", "plant/a b", "zeta/1");
      assertThat(all(btrdb.collections("plant", SCOPE))).containsExactly("plant/a", "plant/a b");
      assertThat(all(btrdb.collections("plant/a ", SCOPE))).containsExactly("plant/a b");
      assertThat(all(btrdb.collections("other", SCOPE))).isEmpty();
      assertThat(all(btrdb.lookup(StreamQuery.underPrefix("").withTag("unit", "V"), SCOPE)))
          .extracting(StreamDescriptor::collection)
          .containsExactlyInAnyOrder("plant/a", "plant/a b", "zeta/1");
      assertThat(all(btrdb.lookup(StreamQuery.inCollection("zeta"), SCOPE))).isEmpty();
      assertThat(all(btrdb.lookup(StreamQuery.inCollection("zeta/1"), SCOPE))).hasSize(1);
      assertThat(btrdb.metadataUsage("", SCOPE).annotations()).isEqualTo(Map.of("site", 3L));
      assertThat(btrdb.metadataUsage("zeta", SCOPE).tags()).containsEntry("unit", 1L);
      assertThat(all(nobody.collections("", SCOPE))).isEmpty();
      assertThat(all(nobody.lookup(StreamQuery.underPrefix(""), SCOPE))).isEmpty();
      assertThat(nobody.metadataUsage("", SCOPE).tags()).isEmpty();
    }
  }

  @Test
  void sqlHasWhatMayBeReadAndNothingElse() {
    both.stream("plant/a", "s");
    UUID hidden = both.stream("other/b", "h");
    both.stream("other/b", "h2");
    assertThat(rows(TestKeys.READER, "SELECT collection FROM streams"))
        .containsExactly("{\"collection\":\"plant/a\"}");
    assertThat(rows(TestKeys.OTHER, "SELECT COUNT(uuid) FROM streams"))
        .containsExactly("{\"count\":2}");
    assertThat(rows(TestKeys.ROOT, "SELECT COUNT(uuid) FROM streams"))
        .containsExactly("{\"count\":3}");
    for (UUID uuid : List.of(hidden, UUID.randomUUID())) {
      assertThat(rows(TestKeys.READER, "SELECT name FROM streams WHERE uuid = '" + uuid + "'"))
          .isEmpty();
    }
  }

  private List<String> rows(String key, String sql) {
    List<String> rows = new ArrayList<>();
    stub(key)
        .sQLQuery(SQLQueryParams.newBuilder().setQuery(sql).build())
        .forEachRemaining(
            page -> {
              assertThat(page.getStat().getMsg()).isEmpty();
              page.getSQLQueryRowList().forEach(row -> rows.add(row.toStringUtf8()));
            });
    return rows;
  }

  @Test
  void aSubscriptionTakesOnlyWhatMayBeRead() {
    UUID seen = both.stream("plant/a", "s");
    UUID hidden = both.stream("other/b", "h");
    try (Btrdb reader = connect(TestKeys.READER);
        Subscription subscription = reader.subscribe(List.of(seen), SCOPE)) {
      assertThat(subscription.next()).isTrue();
      assertThat(subscription.current().uuid()).isEqualTo(seen);
      subscription.add(List.of(hidden));
      assertDenied(subscription::next);
    }
  }

  @Test
  void whatDoesNotExistLooksLikeWhatMayNotBeSeen() {
    UUID hidden = both.stream("other/b", "h");
    UUID missing = UUID.randomUUID();
    try (Btrdb reader = connect(TestKeys.READER);
        Btrdb root = connect(TestKeys.ROOT)) {
      for (UUID uuid : List.of(hidden, missing)) {
        assertThatThrownBy(() -> reader.version(uuid, SCOPE))
            .hasMessageContaining("'reader' may not read stream " + uuid + ", or there is none")
            .hasMessageNotContaining("\n")
            .extracting(e -> ((BtrdbException) e).code())
            .isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertDenied(() -> reader.stream(uuid, SCOPE));
        assertDenied(() -> reader.raw(uuid, TimeRange.ALL, 0, SCOPE).next());
      }
      assertThat(root.stream(missing, SCOPE)).isEmpty();
      assertThatThrownBy(() -> root.version(missing, SCOPE))
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.NO_SUCH_STREAM);
    }
  }

  @Test
  void ofSeveralStreamsEachMustBeReadable() {
    ByteString seen = UuidBytes.of(streamIn("plant/a", "s"));
    ByteString hidden = UuidBytes.of(streamIn("other/b", "h"));
    BTrDBGrpc.BTrDBBlockingStub reader = stub(TestKeys.READER);
    assertThat(reader.arrowMultiValues(wide(seen, seen)).next().getStat().getCode()).isZero();
    assertThat(reader.generateCSV(csv(seen, seen)).next().getStat().getCode()).isZero();
    assertThatThrownBy(() -> reader.arrowMultiValues(wide(seen, hidden)).next())
        .extracting(e -> ((StatusRuntimeException) e).getStatus().getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThatThrownBy(() -> reader.generateCSV(csv(seen, hidden)).next())
        .extracting(e -> ((StatusRuntimeException) e).getStatus().getCode())
        .isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  private static ArrowMultiValuesParams wide(ByteString one, ByteString two) {
    return ArrowMultiValuesParams.newBuilder().addUuid(one).addUuid(two).setEnd(9).build();
  }

  private static GenerateCSVParams csv(ByteString one, ByteString two) {
    return GenerateCSVParams.newBuilder()
        .setQueryType(GenerateCSVParams.QueryType.RAW_QUERY)
        .setEndTime(9)
        .addStreams(StreamCSVConfig.newBuilder().setUuid(one))
        .addStreams(StreamCSVConfig.newBuilder().setUuid(two))
        .build();
  }

  @Test
  void aStreamMovesOnlyBetweenCollectionsThatMayBothBeWritten() {
    UUID uuid = both.stream("plant/a", "s");
    MetadataChange nothing = new MetadataChange(Map.of(), java.util.Set.of());
    try (Btrdb writer = connect(TestKeys.WRITER);
        Btrdb mover = connect(TestKeys.MOVER)) {
      assertDenied(() -> writer.setTags(uuid, 0, "moved/a", nothing, SCOPE));
      assertThat(both.embedded().stream(uuid, SCOPE).map(StreamDescriptor::collection))
          .contains("plant/a");
      mover.setTags(uuid, 0, "moved/a", nothing, SCOPE);
      assertThat(both.embedded().stream(uuid, SCOPE).map(StreamDescriptor::collection))
          .contains("moved/a");
      assertDenied(() -> writer.setTags(uuid, 0, "plant/a", nothing, SCOPE));
    }
  }

  @Test
  void whoOnlyWritesLearnsWhyAStreamCannotBeCreated() {
    UUID uuid = both.stream("plant/a", "s");
    CreateParams.Builder stream =
        CreateParams.newBuilder().setCollection("plant/a").addTags(WireClient.pair("name", "s"));
    BTrDBGrpc.BTrDBBlockingStub writer = stub(TestKeys.WRITER);
    assertThat(writer.create(stream.setUuid(UuidBytes.of(uuid)).build()).getStat().getCode())
        .isEqualTo(StatusCodes.SAME_STREAM);
    assertThat(
            writer
                .create(stream.setUuid(UuidBytes.of(UUID.randomUUID())).build())
                .getStat()
                .getCode())
        .isEqualTo(StatusCodes.AMBIGUOUS_STREAM);
  }

  @Test
  void whatIsPublicNeedsNoKey() throws Exception {
    UUID uuid = streamIn("plant/a", "s");
    UUID hidden = streamIn("other/b", "s");
    Path keys =
        TestKeys.privateFile(directory.resolve("public.yaml"), "public: {read: [plant/]}\n");
    try (BtrdbServer server =
            BtrdbServer.start(
                both.embedded(), ServerOptions.at(BtrdbServer.LOOPBACK, 0).withKeys(keys));
        Btrdb anybody = ServedBtrdb.connect(server)) {
      assertThat(anybody.version(uuid, SCOPE).minor()).isEqualTo(1);
      assertDenied(() -> anybody.version(hidden, SCOPE));
      assertThatThrownBy(() -> anybody.flush(uuid, SCOPE))
          .hasMessageContaining("who sends no key may not write to any collection");
      assertThatThrownBy(() -> ServedBtrdb.connect(server, Map.of("apiKey", TestKeys.READER)))
          .extracting(e -> ((BtrdbException) e).code())
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer " + TestKeys.READER,
        "bearer " + TestKeys.READER, // Go's
        "BEARER   aaaaaaaa0000000000000001 "
      })
  void schemeAndKeyAreReadInAnyCase(String header) {
    assertThat(versionAsked(header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "", TestKeys.READER, "Bearerx y"})
  void anotherSchemeIsThePublic(String header) {
    assertThat(versionAsked(header)).contains(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void aKeyThatIsNobodysIsRefused() {
    assertThat(versionAsked("Bearer " + TestKeys.WRONG)).contains(Status.Code.UNAUTHENTICATED);
    assertThat(versionAsked("Bearer " + TestKeys.READER + "0"))
        .contains(Status.Code.UNAUTHENTICATED);
    assertThat(versionAsked("Bearer " + TestKeys.READER.substring(1)))
        .contains(Status.Code.UNAUTHENTICATED);
    assertThat(versionAsked("Bearer " + TestKeys.READER, "Bearer " + TestKeys.ROOT))
        .contains(Status.Code.UNAUTHENTICATED);
    assertThatThrownBy(() -> connect(TestKeys.WRONG))
        .hasMessageContaining("invalid api key")
        .hasMessageNotContaining(TestKeys.WRONG)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  /** How a read of a stream in plant/a is refused, empty if it is answered. */
  private Optional<Status.Code> versionAsked(String... headers) {
    ByteString uuid = UuidBytes.of(streamIn("plant/a", UUID.randomUUID().toString()));
    Channel calls = AnyCall.with(channel, headers);
    try {
      assertThat(
              BTrDBGrpc.newBlockingStub(calls)
                  .rawValues(RawValuesParams.newBuilder().setUuid(uuid).setEnd(9).build())
                  .next()
                  .getValuesCount())
          .isEqualTo(1);
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(e.getStatus().getCode());
    }
  }
}
