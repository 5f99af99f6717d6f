package org.btrdb.client.grpc.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.MetadataVersion;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.v5api.ArrowMultiValuesResponse;
import org.btrdb.proto.v5api.ArrowRawValuesResponse;
import org.btrdb.proto.v5api.ArrowWindowsResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Our streams against those of Apache Arrow's library, both ways. */
class ArrowCodecTest {
  private static final long SEED = System.nanoTime();
  private static final StreamVersion VERSION = new StreamVersion(300, 2);

  private final Random random = new Random(SEED);
  private final ReferenceArrow reference = new ReferenceArrow();
  private final AnswerHeader header = new AnswerHeader();

  @AfterEach
  void nothingLeaks() {
    reference.close();
  }

  private double value() {
    return switch (random.nextInt(6)) {
      case 0 -> 0.0;
      case 1 -> -0.0;
      case 2 -> Double.MIN_VALUE;
      default -> random.nextGaussian();
    };
  }

  private List<List<@Nullable Number[]>> pointBatches() {
    List<List<@Nullable Number[]>> batches = new ArrayList<>();
    for (int b = random.nextInt(4); b > 0; b--) {
      List<@Nullable Number[]> batch = new ArrayList<>();
      for (int i = random.nextInt(100); i > 0; i--) {
        batch.add(new Number[] {random.nextLong(), value()});
      }
      batches.add(batch);
    }
    return batches;
  }

  private ReferenceArrow.Style style() {
    IpcOption option =
        new IpcOption(
            random.nextBoolean(), random.nextBoolean() ? MetadataVersion.V4 : MetadataVersion.V5);
    return new ReferenceArrow.Style(option, random.nextBoolean(), false);
  }

  private static WireMessage message(byte[] bytes) {
    return WireMessage.of(new WireBytes(bytes, bytes.length));
  }

  private static byte[] raw(byte[] stream) {
    return ArrowRawValuesResponse.newBuilder()
        .setVersionMajor(VERSION.major())
        .setVersionMinor(VERSION.minor())
        .setArrowBytes(ByteString.copyFrom(stream))
        .build()
        .toByteArray();
  }

  @Test
  void pointsOfArrowAreReadBitForBit() {
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec();
    for (int round = 0; round < 200; round++) {
      List<List<@Nullable Number[]>> batches = pointBatches();
      List<ArrowType> types =
          List.of(
              switch (random.nextInt(3)) {
                case 0 -> ReferenceArrow.INT64;
                case 1 -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
                default -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, "Asia/Kathmandu");
              },
              ReferenceArrow.DOUBLE);
      byte[] stream = reference.write(types, style(), batches);
      PointBatch read = codec.decode(message(raw(stream)), header);
      List<@Nullable Number[]> rows = batches.stream().flatMap(List::stream).toList();
      assertThat(header.version()).isEqualTo(VERSION);
      assertThat(read.size()).as("seed %s", SEED).isEqualTo(rows.size());
      for (int i = 0; i < rows.size(); i++) {
        assertThat(read.time(i)).as("seed %s", SEED).isEqualTo(rows.get(i)[0]);
        assertThat(Double.doubleToRawLongBits(read.value(i)))
            .as("seed %s", SEED)
            .isEqualTo(Double.doubleToRawLongBits(rows.get(i)[1].doubleValue()));
      }
    }
  }

  @Test
  void arrowReadsOurPoints() throws InvalidProtocolBufferException {
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec();
    for (int round = 0; round < 100; round++) {
      codec.begin(VERSION);
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int parts = random.nextInt(4); parts > 0; parts--) {
        int size = random.nextInt(50);
        long[] times = random.longs(size + 2L).toArray();
        double[] values = random.doubles(size + 2L).toArray();
        codec.add(new PointBatch(times, values, 1, size));
        for (int i = 1; i <= size; i++) {
          rows.add(Arrays.asList(times[i], values[i]));
        }
      }
      WireBytes ours = codec.message();
      ArrowRawValuesResponse read =
          ArrowRawValuesResponse.parser().parseFrom(ours.bytes(), 0, ours.length());
      assertThat(read.getVersionMajor()).isEqualTo(300);
      assertThat(read.getVersionMinor()).isEqualTo(2);
      byte[] stream = read.getArrowBytes().toByteArray();
      ReferenceArrow.Table table = reference.read(stream, 0, stream.length);
      assertThat(table.schema().getFields())
          .containsExactly(
              Field.notNullable("time", ReferenceArrow.NANOS),
              Field.notNullable("value", ReferenceArrow.DOUBLE));
      assertThat(table.rows()).as("seed %s", SEED).isEqualTo(rows);
      assertThat(new ArrowRawValuesCodec().decode(WireMessage.of(ours), header).size())
          .isEqualTo(rows.size());
    }
  }

  @Test
  void bareStreamsOfPoints() {
    PointBatch points = new PointBatch(new long[] {9, 1, 2}, new double[] {9, 0.5, -0.0}, 1, 2);
    byte[] stream = ArrowPoints.write(points);
    assertThat(reference.read(stream, 0, stream.length).rows())
        .isEqualTo(
            List.<List<@Nullable Object>>of(Arrays.asList(1L, 0.5), Arrays.asList(2L, -0.0)));
    byte[] shifted = new byte[stream.length + 3];
    System.arraycopy(stream, 0, shifted, 3, stream.length);
    PointBatch read = new ArrowPoints().read(shifted, 3, stream.length);
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.time(1)).isEqualTo(2);
    assertThat(read.value(0)).isEqualTo(0.5);
  }

  @Test
  void nothingIsNoPoints() {
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec();
    byte[] schemaOnly = reference.write(ReferenceArrow.POINTS, style(), List.of());
    byte[] noRows = reference.write(ReferenceArrow.POINTS, style(), List.of(List.of(), List.of()));
    for (byte[] stream : List.of(new byte[0], schemaOnly, noRows)) {
      assertThat(codec.decode(message(raw(stream)), header).size()).isZero();
      assertThat(header.version()).isEqualTo(VERSION);
    }
    assertThat(codec.decode(message(new byte[0]), header).size()).isZero();
    // A stream may end where its bytes end, and padding may follow its end.
    List<List<@Nullable Number[]>> one = List.of(ReferenceArrow.one(1L, 2.0));
    byte[] stream = reference.write(ReferenceArrow.POINTS, ReferenceArrow.Style.PLAIN, one);
    byte[] open = Arrays.copyOf(stream, stream.length - 8);
    byte[] padded = Arrays.copyOf(stream, stream.length + 56);
    assertThat(codec.decode(message(raw(open)), header).size()).isEqualTo(1);
    assertThat(codec.decode(message(raw(padded)), header).size()).isEqualTo(1);
    padded[padded.length - 1] = 1;
    assertRefused(padded, "56 bytes after its end");
  }

  private List<@Nullable Number[]> windows(int size) {
    List<@Nullable Number[]> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(
          ReferenceArrow.row(
              (long) i,
              value(),
              value(),
              value(),
              (long) random.nextInt(3),
              random.nextGaussian()));
    }
    return rows;
  }

  private static WireMessage windowsMessage(byte[] stream) {
    return message(
        ArrowWindowsResponse.newBuilder()
            .setVersionMajor(11)
            .setArrowBytes(ByteString.copyFrom(stream))
            .build()
            .toByteArray());
  }

  @Test
  void windowsAreReadWithoutEmptyOnesAndThoseAfterTheEnd() {
    ArrowWindowsCodec codec = new ArrowWindowsCodec();
    for (int round = 0; round < 100; round++) {
      List<@Nullable Number[]> rows = windows(50);
      byte[] stream =
          reference.write(
              ReferenceArrow.WINDOWS, style(), List.of(rows.subList(0, 20), rows.subList(20, 50)));
      StatBatch read = codec.decode(windowsMessage(stream), 40, header);
      int at = 0;
      for (Number[] row : rows.subList(0, 40)) {
        if (row[4].longValue() > 0) {
          assertThat(
                  new Number[] {
                    read.time(at),
                    read.min(at),
                    read.mean(at),
                    read.max(at),
                    read.count(at),
                    read.stddev(at)
                  })
              .as("seed %s", SEED)
              .isEqualTo(row);
          at++;
        }
      }
      assertThat(read.size()).as("seed %s", SEED).isEqualTo(at);
    }
  }

  @Test
  void arrowReadsOurWindows() throws InvalidProtocolBufferException {
    ArrowWindowsCodec codec = new ArrowWindowsCodec();
    StatBatch stats = new StatBatch(1);
    stats.add(7, -1, 0.5, 2, 3, 1.25);
    for (int rows : new int[] {0, 1, 200}) {
      codec.begin(VERSION);
      List<List<@Nullable Object>> expected = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        codec.add(stats, 0);
        codec.addEmpty(8);
        expected.add(Arrays.asList(7L, -1.0, 0.5, 2.0, 3L, 1.25));
        expected.add(Arrays.asList(8L, 0.0, 0.0, 0.0, 0L, 0.0));
      }
      WireBytes ours = codec.message();
      ArrowWindowsResponse read =
          ArrowWindowsResponse.parser().parseFrom(ours.bytes(), 0, ours.length());
      byte[] stream = read.getArrowBytes().toByteArray();
      ReferenceArrow.Table table = reference.read(stream, 0, stream.length);
      assertThat(table.schema().getFields())
          .extracting(Field::getType)
          .isEqualTo(ReferenceArrow.WINDOWS);
      assertThat(table.rows()).isEqualTo(expected);
    }
  }

  @Test
  void wideRowsBothWays() throws InvalidProtocolBufferException {
    List<UUID> streams = List.of(UUID.randomUUID(), UUID.randomUUID());
    ArrowMultiValuesCodec codec = new ArrowMultiValuesCodec(ArrowSchema.wide(streams));
    WideBatch rows =
        new WideBatch(new long[] {1, 2, 0}, new double[][] {{1, Double.NaN, 0}, {3, 4, 0}}, 2);
    WireBytes ours = codec.encode(rows);
    byte[] stream =
        ArrowMultiValuesResponse.parser()
            .parseFrom(ours.bytes(), 0, ours.length())
            .getArrowBytes()
            .toByteArray();
    ReferenceArrow.Table table = reference.read(stream, 0, stream.length);
    assertThat(table.schema().getFields().get(2).getName()).isEqualTo(streams.get(1).toString());
    assertThat(table.rows())
        .isEqualTo(
            List.<List<@Nullable Object>>of(
                Arrays.asList(1L, 1.0, 3.0), Arrays.asList(2L, Double.NaN, 4.0)));

    List<@Nullable Number[]> withNull = ReferenceArrow.one(5L, null, 6.0);
    withNull.add(ReferenceArrow.row(6L, 7.0, null));
    byte[] theirs =
        reference.write(
            List.of(ReferenceArrow.NANOS, ReferenceArrow.DOUBLE, ReferenceArrow.DOUBLE),
            ReferenceArrow.Style.NULLABLE,
            List.of(withNull, withNull));
    WideBatch read =
        codec.decode(
            message(
                ArrowMultiValuesResponse.newBuilder()
                    .setArrowBytes(ByteString.copyFrom(theirs))
                    .build()
                    .toByteArray()),
            header);
    assertThat(read.size()).isEqualTo(4);
    assertThat(Arrays.copyOf(read.times(), 4)).containsExactly(5, 6, 5, 6);
    assertThat(Arrays.copyOf(read.values()[0], 4)).containsExactly(Double.NaN, 7, Double.NaN, 7);
    assertThat(Arrays.copyOf(read.values()[1], 4)).containsExactly(6, Double.NaN, 6, Double.NaN);
  }

  @Test
  void answersAreCastToTemplates() throws InvalidProtocolBufferException {
    ArrowType real = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
    byte[] template =
        reference.write(List.of(ReferenceArrow.INT64, real), ReferenceArrow.Style.PLAIN, List.of());
    ArrowSchema schema = ArrowSchema.template(template);
    assertThat(schema.columns())
        .containsExactly(
            new ArrowColumn("c0", ArrowColumn.Type.INT64),
            new ArrowColumn("c1", ArrowColumn.Type.FLOAT32));
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec(schema);
    codec.begin(VERSION);
    codec.add(PointBatch.of(new long[] {1, 2, 3}, new double[] {0.5, 1.5, 2.5}));
    WireBytes ours = codec.message();
    byte[] stream =
        ArrowRawValuesResponse.parser()
            .parseFrom(ours.bytes(), 0, ours.length())
            .getArrowBytes()
            .toByteArray();
    ReferenceArrow.Table table = reference.read(stream, 0, stream.length);
    assertThat(table.schema().getFields())
        .containsExactly(
            Field.notNullable("c0", ReferenceArrow.INT64), Field.notNullable("c1", real));
    assertThat(table.rows().get(2)).containsExactly(3L, 2.5f);
    assertThatThrownBy(() -> ArrowSchema.template(stream)).hasMessageContaining("with data");
    assertThatThrownBy(() -> ArrowSchema.template(new byte[] {1, 2, 3, 4, 5}))
        .isInstanceOf(BtrdbException.class);
  }

  @Test
  void nullsThatSayMoreThanUnknownAreRefused() {
    ReferenceArrow.Style nullable = ReferenceArrow.Style.NULLABLE;
    assertRefused(
        reference.write(ReferenceArrow.POINTS, nullable, List.of(ReferenceArrow.one(1L, null))),
        "a null in column 2, value");
    assertRefused(
        reference.write(ReferenceArrow.POINTS, nullable, List.of(ReferenceArrow.one(null, 1.0))),
        "a null in column 1, time");
    List<@Nullable Number[]> rows = new ArrayList<>();
    rows.add(ReferenceArrow.row(0L, 1.0, 2.0, 3.0, 4L, null));
    rows.add(ReferenceArrow.row(1L, null, null, null, 0L, null));
    rows.add(ReferenceArrow.row(2L, 1.0, 2.0, 3.0, 4L, 5.0));
    byte[] stream = reference.write(ReferenceArrow.WINDOWS, nullable, List.of(rows));
    StatBatch read = new ArrowWindowsCodec().decode(windowsMessage(stream), Long.MAX_VALUE, header);
    assertThat(read.size()).isEqualTo(2);
    assertThat(read.stddev(0)).isNaN();
    assertThat(read.stddev(1)).isEqualTo(5);
    rows.add(ReferenceArrow.row(3L, 1.0, null, 3.0, 4L, 5.0));
    byte[] noMean = reference.write(ReferenceArrow.WINDOWS, nullable, List.of(rows));
    assertThatThrownBy(
            () -> new ArrowWindowsCodec().decode(windowsMessage(noMean), Long.MAX_VALUE, header))
        .hasMessageContaining("null min, mean or max");
  }

  @Test
  void otherColumnsAreRefused() {
    ArrowType micros = new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
    ArrowType real = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
    assertRefused(
        reference.write(
            List.of(micros, ReferenceArrow.DOUBLE), ReferenceArrow.Style.PLAIN, List.of()),
        "Timestamp of another unit or width where TIMESTAMP_NANOS is expected in column 1, time");
    assertRefused(
        reference.write(List.of(ReferenceArrow.NANOS, real), ReferenceArrow.Style.PLAIN, List.of()),
        "FLOAT32 where FLOAT64 is expected in column 2, value");
    assertRefused(
        reference.write(ReferenceArrow.WINDOWS, ReferenceArrow.Style.PLAIN, List.of()),
        "6 columns where 2 are expected");
    assertRefused(
        reference.write(
            List.of(ReferenceArrow.UINT64, ReferenceArrow.DOUBLE),
            ReferenceArrow.Style.PLAIN,
            List.of()),
        "UINT64");
  }

  @Test
  void negativeCountsAreRefused() {
    List<@Nullable Number[]> rows = ReferenceArrow.one(0L, 1.0, 2.0, 3.0, -4L, 5.0);
    byte[] stream =
        reference.write(ReferenceArrow.WINDOWS, ReferenceArrow.Style.PLAIN, List.of(rows));
    assertThatThrownBy(
            () -> new ArrowWindowsCodec().decode(windowsMessage(stream), Long.MAX_VALUE, header))
        .hasMessageContaining("18446744073709551612 points");
  }

  @Test
  void compressionHasASignalOfItsOwn() {
    byte[] stream =
        reference.write(
            ReferenceArrow.POINTS,
            ReferenceArrow.Style.COMPRESSED,
            List.of(ReferenceArrow.one(1L, 2.0)));
    assertThatThrownBy(() -> new ArrowPoints().read(stream, 0, stream.length))
        .hasMessage("an Arrow stream is compressed by LZ4_FRAME")
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.UNSUPPORTED);
  }

  private static void assertRefused(byte[] stream, String why) {
    assertThatThrownBy(() -> new ArrowPoints().read(stream, 0, stream.length))
        .hasMessageContaining(why)
        .extracting(e -> ((BtrdbException) e).code())
        .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
  }
}
