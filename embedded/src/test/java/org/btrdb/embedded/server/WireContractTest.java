package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.AlignedWindowsResponse;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.ChangesParams;
import org.btrdb.proto.v5api.CreateParams;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InfoResponse;
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.KeyOptValue;
import org.btrdb.proto.v5api.LookupStreamsParams;
import org.btrdb.proto.v5api.LookupStreamsResponse;
import org.btrdb.proto.v5api.NearestParams;
import org.btrdb.proto.v5api.NearestResponse;
import org.btrdb.proto.v5api.OptValue;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesParams;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.SQLQueryParams;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
import org.btrdb.proto.v5api.WindowsParams;
import org.btrdb.proto.v5api.WindowsResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What any client made from the wire contract sees: the generated stubs against the conformance
 * cases of the reference, section 10 (numbers in the comments), with the choices of section 11.
 */
class WireContractTest {
  private static final long MIN = TimeRange.MIN_NANOS;
  private static final long MAX = TimeRange.MAX_NANOS;

  @SuppressWarnings("NullAway.Init")
  private static ServedBtrdb both;

  @SuppressWarnings("NullAway.Init")
  private static ManagedChannel channel;

  @SuppressWarnings("NullAway.Init")
  private static BTrDBGrpc.BTrDBBlockingStub stub;

  /** Case 1: points at 10000, 10010, ... 19990. */
  @SuppressWarnings("NullAway.Init")
  private static ByteString tens;

  @BeforeAll
  static void serve() {
    both = ServedBtrdb.start();
    channel =
        NettyChannelBuilder.forAddress(BtrdbServer.LOOPBACK, both.port())
            .usePlaintext()
            .maxInboundMessageSize(4 << 20) // the default of Go's client: our messages must fit
            .build();
    stub = BTrDBGrpc.newBlockingStub(channel);
    tens = stream("tens", IntStream.range(0, 1000).mapToLong(i -> 10_000 + i * 10L).toArray());
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    both.close();
  }

  private static ByteString stream(String name, long... times) {
    double[] values = new double[times.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return UuidBytes.of(both.streamOf(name, times, values));
  }

  private static List<RawValuesResponse> raw(ByteString uuid, long start, long end, long major) {
    return list(
        stub.rawValues(
            RawValuesParams.newBuilder()
                .setUuid(uuid)
                .setStart(start)
                .setEnd(end)
                .setVersionMajor(major)
                .build()));
  }

  private static List<WindowsResponse> windows(ByteString uuid, long start, long end, long width) {
    return list(
        stub.windows(
            WindowsParams.newBuilder()
                .setUuid(uuid)
                .setStart(start)
                .setEnd(end)
                .setWidth(width)
                .build()));
  }

  private static List<AlignedWindowsResponse> aligned(
      ByteString uuid, long start, long end, int pointWidth) {
    return list(
        stub.alignedWindows(
            AlignedWindowsParams.newBuilder()
                .setUuid(uuid)
                .setStart(start)
                .setEnd(end)
                .setPointWidth(pointWidth)
                .build()));
  }

  private static NearestResponse nearest(ByteString uuid, long time, boolean backward) {
    return stub.nearest(
        NearestParams.newBuilder().setUuid(uuid).setTime(time).setBackward(backward).build());
  }

  private static InsertResponse insert(ByteString uuid, long time, double value) {
    return stub.insert(
        InsertParams.newBuilder()
            .setUuid(uuid)
            .addValues(RawPoint.newBuilder().setTime(time).setValue(value))
            .build());
  }

  private static <T> List<T> list(Iterator<T> answers) {
    List<T> all = new ArrayList<>();
    answers.forEachRemaining(all::add);
    return all;
  }

  private static long[] timesOfWindows(List<WindowsResponse> answers) {
    return answers.stream()
        .peek(answer -> assertThat(answer.hasStat()).isFalse())
        .flatMap(answer -> answer.getValuesList().stream())
        .mapToLong(StatPoint::getTime)
        .toArray();
  }

  private static long[] timesOfAligned(List<AlignedWindowsResponse> answers) {
    return answers.stream()
        .peek(answer -> assertThat(answer.hasStat()).isFalse())
        .flatMap(answer -> answer.getValuesList().stream())
        .mapToLong(StatPoint::getTime)
        .toArray();
  }

  private static int codeOfWindows(List<WindowsResponse> answers) {
    return answers.get(answers.size() - 1).getStat().getCode();
  }

  private static int codeOfAligned(List<AlignedWindowsResponse> answers) {
    return answers.get(answers.size() - 1).getStat().getCode();
  }

  private static int codeOfRaw(List<RawValuesResponse> answers) {
    return answers.get(answers.size() - 1).getStat().getCode();
  }

  private static long[] sixtyFours(long first, int count) {
    return IntStream.range(0, count).mapToLong(i -> first + i * 64L).toArray();
  }

  @Test
  void rawRangesAreHalfOpen() {
    List<RawValuesResponse> answer = raw(tens, 10_000, 19_990, 0); // 1
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).hasStat()).isFalse();
    assertThat(answer.get(0).getVersionMajor()).isEqualTo(11);
    assertThat(answer.get(0).getValuesList()).hasSize(999);
    assertThat(answer.get(0).getValues(0).getTime()).isEqualTo(10_000);
    assertThat(raw(tens, 12_001, 12_010, 0).get(0).getValuesList()).isEmpty(); // 2
    assertThat(raw(tens, 12_000, 12_010, 0).get(0).getValuesList()).hasSize(1);
  }

  @Test
  void windowsAreWholeOnes() {
    long[] seven = sixtyFours(11_136, 7);
    assertThat(timesOfWindows(windows(tens, 11_136, 11_647, 64))).isEqualTo(seven); // 3
    assertThat(timesOfWindows(windows(tens, 11_136, 11_584, 64))).isEqualTo(seven); // 4
    ByteString before =
        stream("before", IntStream.range(0, 1000).mapToLong(i -> -20_000 + i * 10L).toArray());
    assertThat(timesOfWindows(windows(before, -18_864, -18_353, 64))) // 5
        .isEqualTo(sixtyFours(-18_864, 7));
    assertThat(timesOfWindows(windows(before, -18_864, -18_416, 64)))
        .isEqualTo(sixtyFours(-18_864, 7));
    assertThat(timesOfWindows(windows(tens, 11_137, 11_201, 64))).containsExactly(11_137); // 6
  }

  @Test
  void alignedWindowsRoundBothEndsDown() {
    long[] seven = sixtyFours(11_136, 7);
    assertThat(timesOfAligned(aligned(tens, 11_136, 11_647, 6))).isEqualTo(seven); // 7
    assertThat(timesOfAligned(aligned(tens, 11_199, 11_584, 6))).isEqualTo(seven); // 8
    assertThat(timesOfAligned(aligned(tens, 11_199, 11_200, 6))).containsExactly(11_136); // 9
    assertThat(codeOfAligned(aligned(tens, 11_136, 11_199, 6))).isEqualTo(413); // 10
  }

  @Test
  void theDomainsEdgesHold() {
    ByteString first = stream("first", MIN);
    assertThat(timesOfWindows(windows(first, MIN, MIN + 2, 2))).containsExactly(MIN); // 11
    assertThat(codeOfWindows(windows(first, MIN - 1, MIN + 3, 2))).isEqualTo(413); // 12
    assertThat(insert(first, MIN - 1, 0).getStat().getCode()).isEqualTo(413); // 13
    assertThat(insert(first, MAX - 1, 0).getStat().getCode()).isEqualTo(413);
    assertThat(insert(first, MAX - 2, 5).hasStat()).isFalse();
    assertThat(nearest(first, MAX - 1, true).getValue().getTime()).isEqualTo(MAX - 2); // 14
    assertThat(nearest(first, MAX, true).getStat().getCode()).isEqualTo(413);
    assertThat(codeOfRaw(raw(first, MIN, MAX, 0))).isEqualTo(413);
    assertThat(codeOfRaw(raw(first, MIN, MAX - 1, 0))).isZero();
  }

  @Test
  void nearestIsInclusiveForwardAndExclusiveBackward() {
    assertThat(nearest(tens, 19_990, false).getValue().getTime()).isEqualTo(19_990); // 15
    assertThat(nearest(tens, 19_991, false).getStat().getCode()).isEqualTo(401);
    assertThat(nearest(tens, 10_000, true).getStat().getCode()).isEqualTo(401);
    assertThat(nearest(tens, 10_001, true).getValue().getTime()).isEqualTo(10_000);
    assertThat(nearest(tens, 10_001, true).getVersionMajor()).isEqualTo(11);
  }

  @Test
  void emptyStreamsAnswerOneMessageWithTheirVersion() {
    ByteString empty = UuidBytes.of(both.stream("tests", "empty")); // 16
    assertThat(nearest(empty, 0, false).getStat().getCode()).isEqualTo(401);
    List<RawValuesResponse> answer = raw(empty, 0, 10, 0);
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).hasStat()).isFalse();
    assertThat(answer.get(0).getVersionMajor()).isEqualTo(10);
    assertThat(aligned(empty, 0, 1 << 20, 4)).hasSize(1);
    assertThat(timesOfWindows(windows(empty, 0, 50, 10))).hasSize(5);
  }

  @Test
  void backwardRangesAre413AndWidthsOutOfRange415() {
    assertThat(codeOfRaw(raw(tens, 10, 9, 0))).isEqualTo(413); // 17
    assertThat(codeOfWindows(windows(tens, 10, 9, 1))).isEqualTo(413);
    assertThat(codeOfWindows(windows(tens, 0, 9, 10))).isEqualTo(413);
    assertThat(codeOfAligned(aligned(tens, 10, 9, 1))).isEqualTo(413);
    assertThat(codeOfAligned(aligned(tens, 0, 9, 64))).isEqualTo(415); // 18
    assertThat(codeOfWindows(windows(tens, 0, 9, 0))).isEqualTo(415);
    assertThat(codeOfWindows(windows(tens, 0, 9, Long.MIN_VALUE + 1))).isEqualTo(415);
  }

  @Test
  void missingVersionsAndStreamsAre404() {
    assertThat(codeOfRaw(raw(tens, 0, 9, 12))).isEqualTo(404); // 19
    assertThat(codeOfRaw(raw(tens, 0, 9, 11))).isZero();
    ByteString unknown = UuidBytes.of(UUID.randomUUID());
    assertThat(codeOfRaw(raw(unknown, 0, 9, 0))).isEqualTo(404);
    assertThat(codeOfWindows(windows(unknown, 0, 9, 1))).isEqualTo(404);
    assertThat(nearest(unknown, 0, true).getStat().getCode()).isEqualTo(404);
    assertThat(insert(unknown, 0, 1).getStat().getCode()).isEqualTo(404);
    StreamInfoResponse info =
        stub.streamInfo(StreamInfoParams.newBuilder().setUuid(unknown).build());
    assertThat(info.getStat().getCode()).isEqualTo(404);
    assertThat(info.getStat().getMsg()).isEqualTo("stream does not exist");
    assertThat(codeOfRaw(raw(ByteString.copyFromUtf8("short"), 0, 9, 0))).isEqualTo(421);
  }

  @Test
  void streamsCollideBy417And418() {
    CreateParams again =
        CreateParams.newBuilder()
            .setUuid(tens)
            .setCollection("elsewhere")
            .addTags(pair("name", "tens"))
            .build();
    assertThat(stub.create(again).getStat().getCode()).isEqualTo(417); // 23
    CreateParams twin =
        CreateParams.newBuilder()
            .setUuid(UuidBytes.of(UUID.randomUUID()))
            .setCollection("tests")
            .addTags(pair("name", "tens"))
            .build();
    assertThat(stub.create(twin).getStat().getCode()).isEqualTo(418);
  }

  private static KeyOptValue pair(String key, String value) {
    return KeyOptValue.newBuilder()
        .setKey(key)
        .setVal(OptValue.newBuilder().setValue(value))
        .build();
  }

  @Test
  void statisticsAreThoseOfTheDocumentation() {
    long second = 1_500_000_000_000_000_000L;
    long[] times = new long[10];
    double[] values = new double[10];
    for (int i = 0; i < 10; i++) {
      times[i] = second + i * 100_000_000L;
      values[i] = i + 1;
    }
    ByteString uuid = UuidBytes.of(both.streamOf("documented", times, values));
    List<StatPoint> aligned = // 25
        aligned(uuid, second, second + 1_000_000_000, 28).get(0).getValuesList();
    assertThat(aligned)
        .extracting(StatPoint::getTime)
        .containsExactly(
            1499999999814008832L, 1500000000082444288L, 1500000000350879744L, 1500000000619315200L);
    assertThat(aligned.get(1).getStddev()).isEqualTo(0.816496580927726);
    assertThat(aligned.get(3).getStddev()).isEqualTo(0.5);
    List<StatPoint> three = // 26
        windows(uuid, second, second + 1_000_000_000, 300_000_000).get(0).getValuesList();
    assertThat(three).extracting(StatPoint::getMean).containsExactly(2.0, 5.0, 8.0);
    assertThat(three).extracting(StatPoint::getCount).containsExactly(3L, 3L, 3L);
    assertThat(three).extracting(StatPoint::getStddev).containsOnly(0.816496580927726);
  }

  @Test
  void emptyWindowsArePresentAndEmptyAlignedOnesAbsent() {
    ByteString islands = stream("islands", 0, 1, 100, 101); // 33
    List<StatPoint> all = windows(islands, 0, 128, 16).get(0).getValuesList();
    assertThat(all).extracting(StatPoint::getCount).containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 2L, 0L);
    assertThat(all.get(1)).isEqualTo(StatPoint.newBuilder().setTime(16).build());
    assertThat(timesOfAligned(aligned(islands, 0, 128, 4))).containsExactly(0, 96);
  }

  @Test
  void goCountsWithTheWidestWindows() {
    ByteString spread = stream("spread", MIN, -5, 5, MAX - 2);
    List<StatPoint> one = aligned(spread, MIN, MAX, 62).get(0).getValuesList();
    assertThat(one).hasSize(1);
    assertThat(one.get(0).getCount()).isEqualTo(4);
    assertThat(one.get(0).getTime()).isEqualTo(MIN);
    assertThat(one.get(0).getMean()).isEqualTo(1.5);
    assertThat(one.get(0).getStddev()).isEqualTo(Math.sqrt(1.25));
    assertThat(timesOfAligned(aligned(spread, MIN, MAX, 61)))
        .containsExactly(MIN, MIN + (1L << 61));
  }

  @Test
  void answersComeInMessagesOfTwentyThousandPoints() {
    long[] times = IntStream.range(0, 45_000).mapToLong(i -> i).toArray();
    ByteString uuid = stream("long", times);
    assertThat(raw(uuid, 0, 45_000, 0))
        .extracting(RawValuesResponse::getValuesCount)
        .containsExactly(20_000, 20_000, 5_000);
  }

  @Test
  void lookupsShowAllFixedTags() {
    List<LookupStreamsResponse> answer =
        list(
            stub.lookupStreams(
                LookupStreamsParams.newBuilder()
                    .setCollection("tests")
                    .addTags(pair("name", "tens"))
                    .build()));
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).getResults(0).getTagsList())
        .containsExactlyInAnyOrder(
            pair("name", "tens"), pair("unit", ""), pair("ingress", ""), pair("distiller", ""));
    assertThat(
            list(
                stub.lookupStreams(
                    LookupStreamsParams.newBuilder().setCollection("nowhere").build())))
        .containsExactly(LookupStreamsResponse.getDefaultInstance());
  }

  @Test
  void infoServesProxiedAndRoutingClients() {
    InfoResponse info = stub.info(InfoParams.getDefaultInstance());
    String self = BtrdbServer.LOOPBACK + ":" + both.port();
    assertThat(info.hasStat()).isFalse();
    assertThat(info.getMajorVersion()).isEqualTo(5);
    assertThat(info.getProxy().getProxyEndpointsList()).containsExactly(self);
    assertThat(info.getMash().getMembersList()).hasSize(1);
    assertThat(info.getMash().getMembers(0).getStart()).isZero();
    assertThat(info.getMash().getMembers(0).getEnd()).isEqualTo(1L << 32);
    assertThat(info.getMash().getMembers(0).getGrpcEndpoints()).isEqualTo(self);
  }

  @Test
  void whatIsNotBuiltIsRefusedInBand() {
    assertThat(list(stub.changes(ChangesParams.getDefaultInstance())).get(0).getStat().getCode())
        .isEqualTo(501);
    assertThat(list(stub.sQLQuery(SQLQueryParams.getDefaultInstance())).get(0).getStat().getMsg())
        .isEqualTo("SQLQuery is not supported by this server yet");
  }

  @Test
  void insertsAreCheckedAndLimited() {
    ByteString uuid = UuidBytes.of(both.stream("tests", "inserts"));
    assertThat(insert(uuid, 0, Double.NaN).getStat().getCode()).isEqualTo(425);
    assertThat(insert(uuid, 0, 0).getVersionMinor()).isEqualTo(1);
    InsertParams.Builder big = InsertParams.newBuilder().setUuid(uuid);
    RawPoint point = RawPoint.newBuilder().setTime(1).setValue(1).build();
    for (int i = 0; i <= ColumnCalls.MAX_INSERT_POINTS; i++) {
      big.addValues(point);
    }
    assertThat(stub.insert(big.build()).getStat().getCode()).isEqualTo(414);
    assertThat(
            stub.insert(InsertParams.newBuilder().setUuid(uuid).setMergePolicyValue(9).build())
                .getStat()
                .getCode())
        .isEqualTo(421);
  }
}
