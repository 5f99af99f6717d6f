package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.time.TimeRange;
import org.btrdb.proto.v5api.AlignedWindowsResponse;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.StreamInfoParams;
import org.btrdb.proto.v5api.StreamInfoResponse;
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
  private static WireClient wire;

  /** Case 1: points at 10000, 10010, ... 19990. */
  @SuppressWarnings("NullAway.Init")
  private static ByteString tens;

  @BeforeAll
  static void serve() {
    wire = WireClient.start();
    tens = wire.stream("tens", IntStream.range(0, 1000).mapToLong(i -> 10_000 + i * 10L).toArray());
  }

  @AfterAll
  static void stop() {
    wire.close();
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
    List<RawValuesResponse> answer = wire.raw(tens, 10_000, 19_990, 0); // 1
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).hasStat()).isFalse();
    assertThat(answer.get(0).getVersionMajor()).isEqualTo(11);
    assertThat(answer.get(0).getValuesList()).hasSize(999);
    assertThat(answer.get(0).getValues(0).getTime()).isEqualTo(10_000);
    assertThat(wire.raw(tens, 12_001, 12_010, 0).get(0).getValuesList()).isEmpty(); // 2
    assertThat(wire.raw(tens, 12_000, 12_010, 0).get(0).getValuesList()).hasSize(1);
  }

  @Test
  void windowsAreWholeOnes() {
    long[] seven = sixtyFours(11_136, 7);
    assertThat(timesOfWindows(wire.windows(tens, 11_136, 11_647, 64))).isEqualTo(seven); // 3
    assertThat(timesOfWindows(wire.windows(tens, 11_136, 11_584, 64))).isEqualTo(seven); // 4
    ByteString before =
        wire.stream("before", IntStream.range(0, 1000).mapToLong(i -> -20_000 + i * 10L).toArray());
    assertThat(timesOfWindows(wire.windows(before, -18_864, -18_353, 64))) // 5
        .isEqualTo(sixtyFours(-18_864, 7));
    assertThat(timesOfWindows(wire.windows(before, -18_864, -18_416, 64)))
        .isEqualTo(sixtyFours(-18_864, 7));
    assertThat(timesOfWindows(wire.windows(tens, 11_137, 11_201, 64))).containsExactly(11_137); // 6
  }

  @Test
  void alignedWindowsRoundBothEndsDown() {
    long[] seven = sixtyFours(11_136, 7);
    assertThat(timesOfAligned(wire.aligned(tens, 11_136, 11_647, 6))).isEqualTo(seven); // 7
    assertThat(timesOfAligned(wire.aligned(tens, 11_199, 11_584, 6))).isEqualTo(seven); // 8
    assertThat(timesOfAligned(wire.aligned(tens, 11_199, 11_200, 6))).containsExactly(11_136); // 9
    assertThat(codeOfAligned(wire.aligned(tens, 11_136, 11_199, 6))).isEqualTo(413); // 10
  }

  @Test
  void theDomainsEdgesHold() {
    ByteString first = wire.stream("first", MIN);
    assertThat(timesOfWindows(wire.windows(first, MIN, MIN + 2, 2))).containsExactly(MIN); // 11
    assertThat(codeOfWindows(wire.windows(first, MIN - 1, MIN + 3, 2))).isEqualTo(413); // 12
    assertThat(wire.insert(first, MIN - 1, 0).getStat().getCode()).isEqualTo(413); // 13
    assertThat(wire.insert(first, MAX - 1, 0).getStat().getCode()).isEqualTo(413);
    assertThat(wire.insert(first, MAX - 2, 5).hasStat()).isFalse();
    assertThat(wire.nearest(first, MAX - 1, true).getValue().getTime()).isEqualTo(MAX - 2); // 14
    assertThat(wire.nearest(first, MAX, true).getStat().getCode()).isEqualTo(413);
    assertThat(codeOfRaw(wire.raw(first, MIN, MAX, 0))).isEqualTo(413);
    assertThat(codeOfRaw(wire.raw(first, MIN, MAX - 1, 0))).isZero();
  }

  @Test
  void nearestIsInclusiveForwardAndExclusiveBackward() {
    assertThat(wire.nearest(tens, 19_990, false).getValue().getTime()).isEqualTo(19_990); // 15
    assertThat(wire.nearest(tens, 19_991, false).getStat().getCode()).isEqualTo(401);
    assertThat(wire.nearest(tens, 10_000, true).getStat().getCode()).isEqualTo(401);
    assertThat(wire.nearest(tens, 10_001, true).getValue().getTime()).isEqualTo(10_000);
    assertThat(wire.nearest(tens, 10_001, true).getVersionMajor()).isEqualTo(11);
  }

  @Test
  void emptyStreamsAnswerOneMessageWithTheirVersion() {
    ByteString empty = wire.emptyStream("empty"); // 16
    assertThat(wire.nearest(empty, 0, false).getStat().getCode()).isEqualTo(401);
    List<RawValuesResponse> answer = wire.raw(empty, 0, 10, 0);
    assertThat(answer).hasSize(1);
    assertThat(answer.get(0).hasStat()).isFalse();
    assertThat(answer.get(0).getVersionMajor()).isEqualTo(10);
    assertThat(wire.aligned(empty, 0, 1 << 20, 4)).hasSize(1);
    assertThat(timesOfWindows(wire.windows(empty, 0, 50, 10))).hasSize(5);
  }

  @Test
  void backwardRangesAre413AndWidthsOutOfRange415() {
    assertThat(codeOfRaw(wire.raw(tens, 10, 9, 0))).isEqualTo(413); // 17
    assertThat(codeOfWindows(wire.windows(tens, 10, 9, 1))).isEqualTo(413);
    assertThat(codeOfWindows(wire.windows(tens, 0, 9, 10))).isEqualTo(413);
    assertThat(codeOfAligned(wire.aligned(tens, 10, 9, 1))).isEqualTo(413);
    assertThat(codeOfAligned(wire.aligned(tens, 0, 9, 64))).isEqualTo(415); // 18
    assertThat(codeOfWindows(wire.windows(tens, 0, 9, 0))).isEqualTo(415);
    assertThat(codeOfWindows(wire.windows(tens, 0, 9, Long.MIN_VALUE + 1))).isEqualTo(415);
  }

  @Test
  void missingVersionsAndStreamsAre404() {
    assertThat(codeOfRaw(wire.raw(tens, 0, 9, 12))).isEqualTo(404); // 19
    assertThat(codeOfRaw(wire.raw(tens, 0, 9, 11))).isZero();
    ByteString unknown = UuidBytes.of(UUID.randomUUID());
    assertThat(codeOfRaw(wire.raw(unknown, 0, 9, 0))).isEqualTo(404);
    assertThat(codeOfWindows(wire.windows(unknown, 0, 9, 1))).isEqualTo(404);
    assertThat(wire.nearest(unknown, 0, true).getStat().getCode()).isEqualTo(404);
    assertThat(wire.insert(unknown, 0, 1).getStat().getCode()).isEqualTo(404);
    StreamInfoResponse info =
        wire.stub().streamInfo(StreamInfoParams.newBuilder().setUuid(unknown).build());
    assertThat(info.getStat().getCode()).isEqualTo(404);
    assertThat(info.getStat().getMsg()).isEqualTo("stream does not exist");
    assertThat(codeOfRaw(wire.raw(ByteString.copyFromUtf8("short"), 0, 9, 0))).isEqualTo(421);
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
    ByteString uuid = wire.streamOf("documented", times, values);
    List<StatPoint> aligned = // 25
        wire.aligned(uuid, second, second + 1_000_000_000, 28).get(0).getValuesList();
    assertThat(aligned)
        .extracting(StatPoint::getTime)
        .containsExactly(
            1499999999814008832L, 1500000000082444288L, 1500000000350879744L, 1500000000619315200L);
    assertThat(aligned.get(1).getStddev()).isEqualTo(0.816496580927726);
    assertThat(aligned.get(3).getStddev()).isEqualTo(0.5);
    List<StatPoint> three = // 26
        wire.windows(uuid, second, second + 1_000_000_000, 300_000_000).get(0).getValuesList();
    assertThat(three).extracting(StatPoint::getMean).containsExactly(2.0, 5.0, 8.0);
    assertThat(three).extracting(StatPoint::getCount).containsExactly(3L, 3L, 3L);
    assertThat(three).extracting(StatPoint::getStddev).containsOnly(0.816496580927726);
  }

  @Test
  void emptyWindowsArePresentAndEmptyAlignedOnesAbsent() {
    ByteString islands = wire.stream("islands", 0, 1, 100, 101); // 33
    List<StatPoint> all = wire.windows(islands, 0, 128, 16).get(0).getValuesList();
    assertThat(all).extracting(StatPoint::getCount).containsExactly(2L, 0L, 0L, 0L, 0L, 0L, 2L, 0L);
    assertThat(all.get(1)).isEqualTo(StatPoint.newBuilder().setTime(16).build());
    assertThat(timesOfAligned(wire.aligned(islands, 0, 128, 4))).containsExactly(0, 96);
  }

  @Test
  void goCountsWithTheWidestWindows() {
    ByteString spread = wire.stream("spread", MIN, -5, 5, MAX - 2);
    List<StatPoint> one = wire.aligned(spread, MIN, MAX, 62).get(0).getValuesList();
    assertThat(one).hasSize(1);
    assertThat(one.get(0).getCount()).isEqualTo(4);
    assertThat(one.get(0).getTime()).isEqualTo(MIN);
    assertThat(one.get(0).getMean()).isEqualTo(1.5);
    assertThat(one.get(0).getStddev()).isEqualTo(Math.sqrt(1.25));
    assertThat(timesOfAligned(wire.aligned(spread, MIN, MAX, 61)))
        .containsExactly(MIN, MIN + (1L << 61));
  }

  @Test
  void widestWindowsHoldTheLargestValues() {
    for (double value : new double[] {1e200, -Double.MAX_VALUE}) {
      ByteString uuid = wire.streamOf("one " + value, new long[] {5}, new double[] {value});
      for (int pointWidth : new int[] {61, 62}) {
        StatPoint window = wire.aligned(uuid, MIN, MAX, pointWidth).get(0).getValues(0);
        assertThat(window.getCount()).isEqualTo(1);
        assertThat(window.getMean()).isEqualTo(value);
        assertThat(window.getStddev()).isZero();
      }
    }
  }

  @Test
  void answersComeInMessagesOfTwentyThousandPoints() {
    long[] times = IntStream.range(0, 45_000).mapToLong(i -> i).toArray();
    ByteString uuid = wire.stream("long", times);
    assertThat(wire.raw(uuid, 0, 45_000, 0))
        .extracting(RawValuesResponse::getValuesCount)
        .containsExactly(20_000, 20_000, 5_000);
  }
}
