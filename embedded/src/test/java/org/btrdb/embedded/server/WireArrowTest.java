package org.btrdb.embedded.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.grpc.arrow.ArrowMultiValuesCodec;
import org.btrdb.client.grpc.arrow.ArrowPoints;
import org.btrdb.client.grpc.arrow.ArrowRawValuesCodec;
import org.btrdb.client.grpc.arrow.ArrowSchema;
import org.btrdb.client.grpc.arrow.ArrowWindowsCodec;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.UuidBytes;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.proto.v5api.AlignedWindowsParams;
import org.btrdb.proto.v5api.ArrowInsertParams;
import org.btrdb.proto.v5api.ArrowMultiValuesParams;
import org.btrdb.proto.v5api.ArrowMultiValuesResponse;
import org.btrdb.proto.v5api.ArrowRawValuesParams;
import org.btrdb.proto.v5api.InfoParams;
import org.btrdb.proto.v5api.InsertResponse;
import org.btrdb.proto.v5api.MergePolicy;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RoundSpec;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.WindowsParams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The Arrow calls as a client of 5.30 makes them (reference 3, cases 27 to 31). */
class WireArrowTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;

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

  private static WireMessage bytes(MessageLite message) {
    byte[] bytes = message.toByteArray();
    return WireMessage.of(new WireBytes(bytes, bytes.length));
  }

  private static ByteString stream(long... times) {
    return wire.stream(UUID.randomUUID().toString(), times);
  }

  private static List<StatPoint> stats(Iterator<? extends MessageLite> answer) {
    List<StatPoint> all = new ArrayList<>();
    ArrowWindowsCodec codec = new ArrowWindowsCodec();
    answer.forEachRemaining(
        message -> {
          AnswerHeader header = new AnswerHeader();
          StatBatch batch = codec.decode(bytes(message), Long.MAX_VALUE, header);
          assertThat(header.stat()).isNull();
          assertThat(header.version().major()).isEqualTo(11);
          for (int i = 0; i < batch.size(); i++) {
            all.add(
                StatPoint.newBuilder()
                    .setTime(batch.time(i))
                    .setMin(batch.min(i))
                    .setMean(batch.mean(i))
                    .setMax(batch.max(i))
                    .setCount(batch.count(i))
                    .setStddev(batch.stddev(i))
                    .build());
          }
        });
    return all;
  }

  @Test
  void case27WindowsEqualThoseOfTheRowCall() {
    long t = 1_500_000_000L * SECOND;
    long[] times = new long[100];
    for (int i = 0; i < times.length; i++) {
      times[i] = t + i * MINUTE;
    }
    ByteString uuid = stream(times);
    WindowsParams request =
        WindowsParams.newBuilder()
            .setUuid(uuid)
            .setStart(t)
            .setEnd(t + 100 * MINUTE + 1)
            .setWidth(5 * MINUTE)
            .build();
    List<StatPoint> windows = stats(wire.stub().arrowWindows(request));
    assertThat(windows).hasSize(20).allMatch(w -> w.getCount() == 5);
    assertThat(windows.get(0).getStddev()).isEqualTo(Math.sqrt(2));
    assertThat(windows)
        .isEqualTo(
            WireClient.list(wire.stub().windows(request)).stream()
                .flatMap(answer -> answer.getValuesList().stream())
                .toList());
    AlignedWindowsParams aligned =
        AlignedWindowsParams.newBuilder()
            .setUuid(uuid)
            .setStart(t)
            .setEnd(t + 100 * MINUTE)
            .setPointWidth(38)
            .build();
    assertThat(stats(wire.stub().arrowAlignedWindows(aligned)))
        .isNotEmpty()
        .isEqualTo(
            WireClient.list(wire.stub().alignedWindows(aligned)).stream()
                .flatMap(answer -> answer.getValuesList().stream())
                .toList());
  }

  private record Row(long time, List<Double> values) {}

  private static Row row(long time, Double... values) {
    return new Row(time, List.of(values));
  }

  private static ArrowMultiValuesParams.Builder multi(long start, long end, ByteString... uuids) {
    ArrowMultiValuesParams.Builder request =
        ArrowMultiValuesParams.newBuilder().setStart(start).setEnd(end);
    for (ByteString uuid : uuids) {
      request.addUuid(uuid).addVersionMajor(0);
    }
    return request;
  }

  private static List<Row> rows(ArrowMultiValuesParams.Builder request) {
    ArrowMultiValuesCodec codec =
        new ArrowMultiValuesCodec(
            ArrowSchema.wide(request.getUuidList().stream().map(UuidBytes::parse).toList()));
    List<ArrowMultiValuesResponse> answer =
        WireClient.list(wire.stub().arrowMultiValues(request.build()));
    assertThat(answer).isNotEmpty();
    List<Row> rows = new ArrayList<>();
    for (ArrowMultiValuesResponse message : answer) {
      assertThat(message.hasStat()).isFalse();
      WideBatch batch = codec.decode(bytes(message), new AnswerHeader());
      for (int i = 0; i < batch.size(); i++) {
        List<Double> values = new ArrayList<>();
        for (double[] column : batch.values()) {
          values.add(column[i]);
        }
        rows.add(new Row(batch.times()[i], values));
      }
    }
    return rows;
  }

  @Test
  void case28StreamsAreJoinedOnTheirTimes() {
    ByteString s1 = stream(100, 105, 110, 115, 120);
    ByteString s2 = stream(101, 106, 110, 114, 119);
    double none = Double.NaN;
    assertThat(rows(multi(100, 121, s1, s2)))
        .containsExactly(
            row(100, 0d, none),
            row(101, none, 0d),
            row(105, 1d, none),
            row(106, none, 1d),
            row(110, 2d, 2d),
            row(114, none, 3d),
            row(115, 3d, none),
            row(119, none, 4d),
            row(120, 4d, none));
    assertThat(rows(multi(100, 120, s2, s1)).get(4)).isEqualTo(row(110, 2d, 2d));
    assertThat(rows(multi(1, 2, s1, s2))).isEmpty();
  }

  @Test
  void case29PointsHalfAPeriodBeforeTheStartSnapUp() {
    long half = SECOND / 2;
    ByteString s1 = stream(half, 2 * SECOND);
    ByteString s2 = stream(half - 1, 2 * SECOND);
    ByteString s3 = stream(SECOND, 2 * SECOND);
    assertThat(rows(multi(SECOND, 3 * SECOND, s1, s2, s3).setSnapPeriodNs(SECOND)))
        .containsExactly(row(SECOND, 0d, Double.NaN, 0d), row(2 * SECOND, 1d, 1d, 1d));
  }

  @Test
  void case30PointsThatSnapToTheEndAreLeftOut() {
    ByteString uuid = stream(SECOND, 2 * SECOND, 2_750_000_000L);
    for (long end : new long[] {3 * SECOND, 2_900_000_000L}) {
      assertThat(rows(multi(SECOND, end, uuid).setSnapPeriodNs(SECOND)))
          .containsExactly(row(SECOND, 0d), row(2 * SECOND, 1d));
    }
  }

  @Test
  void lastOfSeveralPointsOfOneTimeIsKept() {
    ByteString uuid = stream(100, 100, 100, 101, 105);
    assertThat(rows(multi(0, 200, uuid))).containsExactly(row(100, 2d), row(101, 3d), row(105, 4d));
    assertThat(rows(multi(0, 200, uuid).setSnapPeriodNs(10)))
        .containsExactly(row(100, 3d), row(110, 4d));
  }

  @RepeatedTest(20)
  void randomJoinsAgreeWithBruteForce() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int spread = 1 + random.nextInt(20_000);
    long period = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(200);
    long start = random.nextLong(spread) - spread / 2;
    long end = start + 1 + random.nextInt(spread);
    ByteString[] uuids = new ByteString[1 + random.nextInt(5)];
    TreeMap<Long, Double[]> expected = new TreeMap<>();
    for (int s = 0; s < uuids.length; s++) {
      long[] times = random.longs(random.nextInt(4000), -spread, spread).sorted().toArray();
      uuids[s] = stream(times);
      for (int i = 0; i < times.length; i++) {
        long snapped = period == 0 ? times[i] : snapped(times[i], start, period);
        if (times[i] < end && snapped >= start && snapped < end) {
          Double[] row = expected.get(snapped);
          if (row == null) {
            row = new Double[uuids.length];
            Arrays.fill(row, Double.NaN);
            expected.put(snapped, row);
          }
          row[s] = (double) i;
        }
      }
    }
    assertThat(rows(multi(start, end, uuids).setSnapPeriodNs(period)))
        .as("seed %s", seed)
        .isEqualTo(expected.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
  }

  /** floor((2 * (t - start) + period) / (2 * period)), said in whole numbers. */
  private static long snapped(long time, long start, long period) {
    BigInteger twice = BigInteger.valueOf(2 * period);
    BigInteger sum = BigInteger.valueOf(2 * (time - start) + period);
    BigInteger step = sum.subtract(sum.mod(twice)).divide(twice);
    return start + step.longValueExact() * period;
  }

  @Test
  void widestAnswersFitIntoSmallMessages() {
    ByteString[] uuids = new ByteString[200];
    for (int i = 0; i < uuids.length; i++) {
      uuids[i] = stream(LongStream.range(0, 1000).map(t -> 3 * t).toArray());
    }
    assertThat(rows(multi(0, 3000, uuids))).hasSize(1000);
  }

  private static List<Double> inserted(MergePolicy policy) {
    ByteString uuid = wire.emptyStream("case 31 " + policy);
    PointBatch points =
        PointBatch.of(new long[] {100, 105, 110, 110, 120}, new double[] {1, 2, 3, 4, 5});
    InsertResponse answer =
        wire.stub()
            .arrowInsert(
                ArrowInsertParams.newBuilder()
                    .setUuid(uuid)
                    .setMergePolicy(policy)
                    .setArrowBytes(ByteString.copyFrom(ArrowPoints.write(points)))
                    .build());
    assertThat(answer.hasStat()).isFalse();
    assertThat(answer.getVersionMinor()).isEqualTo(5);
    return wire.raw(uuid, 0, 1000, 0).get(0).getValuesList().stream()
        .map(RawPoint::getValue)
        .toList();
  }

  @Test
  void case31InsertsFollowTheMergePolicy() {
    assertThat(inserted(MergePolicy.NEVER)).containsExactly(1d, 2d, 3d, 4d, 5d);
    assertThat(inserted(MergePolicy.EQUAL)).containsExactly(1d, 2d, 3d, 4d, 5d);
    assertThat(inserted(MergePolicy.RETAIN)).containsExactly(1d, 2d, 3d, 5d);
    assertThat(inserted(MergePolicy.REPLACE)).containsExactly(1d, 2d, 4d, 5d);
  }

  @Test
  void insertsAreChecked() {
    ByteString uuid = wire.emptyStream("arrow inserts");
    ArrowInsertParams.Builder request = ArrowInsertParams.newBuilder().setUuid(uuid);
    assertThat(code(request.clone().setArrowBytes(ByteString.copyFromUtf8("no Arrow at all"))))
        .isEqualTo(421);
    PointBatch bad = PointBatch.of(new long[] {1}, new double[] {Double.NaN});
    assertThat(code(request.clone().setArrowBytes(ByteString.copyFrom(ArrowPoints.write(bad)))))
        .isEqualTo(425);
    assertThat(code(request.clone().setMergePolicyValue(9))).isEqualTo(421);
    assertThat(code(request.clone().setRounding(RoundSpec.newBuilder().setBits(3)))).isEqualTo(501);
    assertThat(code(request)).isZero(); // no points
  }

  private static int code(ArrowInsertParams.Builder request) {
    return wire.stub().arrowInsert(request.build()).getStat().getCode();
  }

  @Test
  void rawValuesKeepDuplicatesAndFollowATemplate() {
    ByteString uuid = stream(1, 2, 2, 3);
    ArrowRawValuesParams request =
        ArrowRawValuesParams.newBuilder().setUuid(uuid).setStart(0).setEnd(10).build();
    AnswerHeader header = new AnswerHeader();
    PointBatch points =
        new ArrowRawValuesCodec().decode(bytes(wire.stub().arrowRawValues(request).next()), header);
    assertThat(points.size()).isEqualTo(4);
    assertThat(header.version().major()).isEqualTo(11);
    ByteString template =
        ByteString.copyFrom(ArrowPoints.write(PointBatch.EMPTY)); // a schema, no batch
    assertThat(
            wire.stub()
                .arrowRawValues(request.toBuilder().setTemplateBytes(template).build())
                .next()
                .getArrowBytes())
        .isEqualTo(wire.stub().arrowRawValues(request).next().getArrowBytes());
    assertThat(
            wire.stub()
                .arrowRawValues(
                    request.toBuilder().setTemplateBytes(ByteString.copyFromUtf8("x")).build())
                .next()
                .getStat()
                .getCode())
        .isEqualTo(421);
  }

  @Test
  void senselessJoinsAreRefused() {
    ByteString uuid = stream(1);
    ByteString unknown = UuidBytes.of(UUID.randomUUID());
    assertThat(code(multi(0, 10))).isEqualTo(421);
    assertThat(code(multi(0, 10, uuid).addVersionMajor(0))).isEqualTo(421);
    assertThat(code(multi(0, 10, uuid).setSnapPeriodNs(-1))).isEqualTo(421);
    assertThat(code(multi(10, 10, uuid))).isEqualTo(413);
    assertThat(code(multi(0, 10, uuid, unknown))).isEqualTo(404);
    assertThat(code(multi(0, 10, uuid).setVersionMajor(0, 99))).isEqualTo(404);
    assertThat(code(multi(0, 10, uuid).clearVersionMajor())).isZero();
    ByteString twoColumns = ByteString.copyFrom(ArrowPoints.write(PointBatch.EMPTY));
    assertThat(code(multi(0, 10, uuid).setTemplateBytes(twoColumns))).isZero();
    assertThat(code(multi(0, 10, uuid, uuid).setTemplateBytes(twoColumns))).isEqualTo(421);
  }

  @Test
  void moreStreamsThanACallMayReadAreRefused() {
    ByteString[] uuids = new ByteString[4097];
    Arrays.fill(uuids, stream(1));
    assertThat(code(multi(0, 10, uuids))).isEqualTo(414);
    assertThat(code(multi(0, 10, Arrays.copyOf(uuids, 4096)))).isZero();
  }

  private static int code(ArrowMultiValuesParams.Builder request) {
    return wire.stub().arrowMultiValues(request.build()).next().getStat().getCode();
  }

  @Test
  void infoSaysThatArrowIsServed() {
    assertThat(wire.stub().info(InfoParams.getDefaultInstance()).getMinorVersion()).isEqualTo(30);
  }
}
