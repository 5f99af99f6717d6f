package org.btrdb.client.grpc.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.v5api.InsertParams;
import org.btrdb.proto.v5api.RawPoint;
import org.btrdb.proto.v5api.RawValuesResponse;
import org.btrdb.proto.v5api.StatPoint;
import org.btrdb.proto.v5api.Status;
import org.btrdb.proto.v5api.WindowsResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our codecs against the generated classes, and against bytes that are no message. */
class ColumnCodecTest {
  private static final long SEED = System.nanoTime();
  private static final UnknownFieldSet UNKNOWN =
      UnknownFieldSet.newBuilder()
          .addField(90, UnknownFieldSet.Field.newBuilder().addVarint(-1).build())
          .addField(91, UnknownFieldSet.Field.newBuilder().addFixed32(7).build())
          .addField(92, UnknownFieldSet.Field.newBuilder().addFixed64(7).build())
          .addField(
              93,
              UnknownFieldSet.Field.newBuilder()
                  .addLengthDelimited(ByteString.copyFromUtf8("later"))
                  .build())
          .build();

  private final Random random = new Random(SEED);
  private final AnswerHeader header = new AnswerHeader();
  private final RawValuesCodec points = new RawValuesCodec();
  private final StatValuesCodec stats = new StatValuesCodec();

  private static WireMessage bytes(byte[] bytes) {
    return WireMessage.of(new WireBytes(bytes, bytes.length));
  }

  private double value() {
    return switch (random.nextInt(6)) {
      case 0 -> 0.0;
      case 1 -> -0.0;
      case 2 -> Double.MIN_VALUE;
      default -> random.nextGaussian();
    };
  }

  private RawPoint point() {
    RawPoint.Builder point = RawPoint.newBuilder().setValue(value());
    if (random.nextInt(10) > 0) {
      point.setTime(random.nextLong());
    }
    if (random.nextInt(20) == 0) {
      point.setUnknownFields(UNKNOWN);
    }
    return point.build();
  }

  @Test
  void pointsDecodeAsTheGeneratedClassesDecodeThem() {
    for (int round = 0; round < 200; round++) {
      RawValuesResponse.Builder message =
          RawValuesResponse.newBuilder()
              .setVersionMajor(random.nextLong())
              .setVersionMinor(random.nextInt(3));
      // Some are longer than the window that messages pass through.
      for (int i = random.nextInt(round % 10 == 0 ? 10_000 : 100); i > 0; i--) {
        message.addValues(point());
      }
      if (random.nextBoolean()) {
        message.setUnknownFields(UNKNOWN);
      }
      PointBatch batch = points.decode(bytes(message.build().toByteArray()), header);
      assertThat(header.version())
          .isEqualTo(new StreamVersion(message.getVersionMajor(), message.getVersionMinor()));
      assertThat(batch.size()).as("seed %s", SEED).isEqualTo(message.getValuesCount());
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.time(i)).as("seed %s", SEED).isEqualTo(message.getValues(i).getTime());
        assertThat(Double.doubleToRawLongBits(batch.value(i)))
            .as("seed %s", SEED)
            .isEqualTo(Double.doubleToRawLongBits(message.getValues(i).getValue()));
      }
    }
  }

  @Test
  void fieldsMayComeInAnyOrder() throws IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(raw);
    for (int i = 0; i < 3; i++) {
      out.writeTag(4, 2);
      out.writeUInt32NoTag(18);
      out.writeDouble(2, i);
      out.writeSFixed64(1, 100 + i);
    }
    out.writeUInt64(3, 5);
    out.writeUInt64(2, 12);
    out.writeMessage(4, RawPoint.newBuilder().setTime(103).setValue(3).build());
    out.flush();
    PointBatch batch = points.decode(bytes(raw.toByteArray()), header);
    assertThat(header.version()).isEqualTo(new StreamVersion(12, 5));
    assertThat(batch.size()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat(batch.time(i)).isEqualTo(100 + i);
      assertThat(batch.value(i)).isEqualTo(i);
    }
  }

  @Test
  void ourPointsAreReadByTheGeneratedClasses() throws IOException {
    long[] times = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE};
    double[] values = {-0.0, 0.0, Double.MAX_VALUE, 1e-300};
    points.begin(new StreamVersion(300, 2));
    points.add(new PointBatch(times, values, 1, 3));
    points.add(new PointBatch(times, values, 0, 1));
    WireBytes message = points.message();
    RawValuesResponse read =
        RawValuesResponse.parser().parseFrom(message.bytes(), 0, message.length());
    assertThat(read.hasStat()).isFalse();
    assertThat(read.getVersionMajor()).isEqualTo(300);
    assertThat(read.getValuesList())
        .extracting(RawPoint::getTime)
        .containsExactly(-1L, Long.MIN_VALUE, Long.MAX_VALUE, 0L);
    assertThat(read.getValues(3).getValue()).isEqualTo(-0.0);
  }

  @Test
  void windowsDecodeWithoutEmptyOnesAndThoseAfterTheEnd() {
    for (int round = 0; round < 200; round++) {
      WindowsResponse.Builder message = WindowsResponse.newBuilder().setVersionMajor(11);
      List<StatPoint> kept = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        StatPoint stat =
            StatPoint.newBuilder()
                .setTime(i)
                .setMin(value())
                .setMean(value())
                .setMax(value())
                .setCount(random.nextInt(3))
                .setStddev(random.nextBoolean() ? Double.NaN : 1 + random.nextDouble())
                .build();
        message.addValues(stat);
        if (stat.getCount() > 0 && i < 40) {
          kept.add(stat);
        }
      }
      StatBatch batch = stats.decode(bytes(message.build().toByteArray()), 40, header);
      assertThat(batch.size()).as("seed %s", SEED).isEqualTo(kept.size());
      stats.begin(new StreamVersion(11, 0));
      for (int i = 0; i < batch.size(); i++) {
        stats.add(batch, i);
      }
      assertThat(parsed(stats.message()).getValuesList()).as("seed %s", SEED).isEqualTo(kept);
    }
  }

  /** Proto3 leaves out a 0; of values that differ it is none. */
  @Test
  void aDeviationThatIsNotSaidIsZeroOfEqualValuesOnlyAndElseUnknown() {
    WindowsResponse.Builder message = WindowsResponse.newBuilder().setVersionMajor(11);
    message.addValuesBuilder().setTime(1).setMin(1).setMean(2).setMax(3).setCount(3);
    message.addValuesBuilder().setTime(2).setMin(5).setMean(5).setMax(5).setCount(3);
    message.addValuesBuilder().setTime(3).setCount(2);
    message.addValuesBuilder().setTime(4).setMin(1).setMean(2).setMax(3).setCount(2).setStddev(1);
    byte[] bytes = message.build().toByteArray();
    StatBatch batch = stats.decode(bytes(bytes), 40, header);
    assertThat(List.of(batch.stddev(0), batch.stddev(1), batch.stddev(2), batch.stddev(3)))
        .containsExactly(Double.NaN, 0.0, 0.0, 1.0);
    StatBatch of4x = StatValuesCodec.withoutDeviation().decode(bytes(bytes), 40, header);
    assertThat(List.of(of4x.stddev(0), of4x.stddev(1), of4x.stddev(2))).containsOnly(Double.NaN);
  }

  private static WindowsResponse parsed(WireBytes message) {
    try {
      return WindowsResponse.parser().parseFrom(message.bytes(), 0, message.length());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void insertsTravelBothWays() throws IOException {
    UUID uuid = UUID.randomUUID();
    PointBatch batch = PointBatch.of(new long[] {3, 1, 2}, new double[] {0, -1, 2});
    for (MergePolicy policy : MergePolicy.values()) {
      WireBytes message = InsertMessage.of(uuid, batch, policy).encode();
      InsertParams read = InsertParams.parser().parseFrom(message.bytes(), 0, message.length());
      assertThat(UuidBytes.parse(read.getUuid())).isEqualTo(uuid);
      assertThat(read.getMergePolicy().name()).isEqualTo(policy.name());
      assertThat(read.getValuesList()).extracting(RawPoint::getTime).containsExactly(3L, 1L, 2L);
      InsertMessage back = InsertMessage.decode(bytes(read.toByteArray()));
      assertThat(back.policy()).isEqualTo(policy);
      assertThat(back.points().size()).isEqualTo(3);
      assertThat(back.points().value(1)).isEqualTo(-1);
      assertThat(UuidBytes.parse(back.uuid())).isEqualTo(uuid);
    }
  }

  @Test
  void anInBandStatusIsSeen() {
    byte[] message =
        RawValuesResponse.newBuilder()
            .setStat(Status.newBuilder().setCode(404).setMsg("gone"))
            .build()
            .toByteArray();
    points.decode(bytes(message), header);
    assertThat(header.stat()).isNotNull().extracting(Status::getCode).isEqualTo(404);
    points.decode(bytes(new byte[0]), header);
    assertThat(header.stat()).isNull();
  }

  /** Each line is a message that lies; see the names of the parts in the comments. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "22", // a point without its length
        "2212", // a point without its bytes
        "2212090000", // a truncated time
        "22ffffffff0f", // 4 GB of point
        "22ffffffffffffffffff01", // a negative length
        "22ffffffffffffffffffff01", // a number of 11 bytes
        "0affffffff07", // 2 GB of status
        "0a02ffff", // a status that is none
        "2204090000000000000000", // a time longer than its point
        "10", // a version without its number
        "00", // field 0
        "23", // a group
        "7a05", // an unknown field longer than the message
        "7d0000", // a truncated unknown number
        "ffffffffffffffff7f", // a tag of more than 32 bits
      })
  void messagesThatLieAreRefused(String hex) {
    byte[] message = java.util.HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> points.decode(bytes(message), header))
        .isInstanceOf(BtrdbException.class)
        .hasMessageNotContaining("\n")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
    assertThatThrownBy(() -> stats.decode(bytes(message), 0, header))
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
  }

  @Test
  void brokenBytesNeverDoMoreThanViolateTheProtocol() {
    RawValuesResponse.Builder message = RawValuesResponse.newBuilder().setVersionMajor(11);
    for (int i = 0; i < 20; i++) {
      message.addValues(point());
    }
    message.setStat(Status.newBuilder().setCode(1).setMsg("text"));
    byte[] good = message.build().toByteArray();
    for (int round = 0; round < 200_000; round++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      WireBytes cut = new WireBytes(bad, random.nextInt(bad.length + 1));
      try {
        points.decode(WireMessage.of(cut), header);
        stats.decode(WireMessage.of(cut), Long.MAX_VALUE, header);
      } catch (BtrdbException e) {
        assertThat(e.code()).as("seed %s", SEED).isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
      }
    }
  }
}
