package org.btrdb.client.grpc.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import javax.management.JMException;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.WideBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.ArrowAnswer;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.model.StreamVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no Arrow stream, nearly none, or lie: one typed failure, and little memory. */
@Timeout(60)
class HostileArrowTest {
  private static final long SEED = Long.getLong("seed", System.nanoTime());
  private static final int ROUNDS = 30_000;

  /** The JVM loads classes at the first, and compiles handles at any: what is ours is in each. */
  private static final int AGAIN = 3;

  private static final int[] NASTY = {
    0, 1, -1, 4, 8, 0x7fff, 0xffff, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x0fffffff, 0x7ffffff8
  };

  private final Random random = new Random(SEED);

  private static byte[] points(int size) {
    return ArrowPoints.write(
        PointBatch.of(new Random(1).longs(size).toArray(), new Random(2).doubles(size).toArray()));
  }

  private static byte[] reference(ReferenceArrow.Style style) {
    try (ReferenceArrow arrow = new ReferenceArrow()) {
      return arrow.write(
          ReferenceArrow.POINTS,
          style,
          List.of(ReferenceArrow.one(1L, 2.0), ReferenceArrow.one(3L, 4.0)));
    }
  }

  private byte[] damaged(byte[] valid) {
    byte[] bad = valid.clone();
    if (random.nextInt(4) > 0) {
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
    } else {
      ByteBuffer.wrap(bad)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(random.nextInt(bad.length / 4) * 4, NASTY[random.nextInt(NASTY.length)]);
    }
    int length = random.nextInt(3) == 0 ? random.nextInt(bad.length) : bad.length;
    return Arrays.copyOf(bad, length);
  }

  private interface Decoding {
    void decode(byte[] stream);
  }

  private void fuzz(byte[] valid, Decoding decoding) throws JMException {
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bad = damaged(valid);
      Throwable failure = catchThrowable(() -> decoding.decode(bad));
      long allocated = Long.MAX_VALUE;
      for (int again = 0; again < AGAIN; again++) {
        long before = AllocatedBytes.now();
        Throwable same = catchThrowable(() -> decoding.decode(bad));
        allocated = Math.min(allocated, AllocatedBytes.now() - before);
        assertThat(same == null)
            .as("the same again, seed %s round %s", SEED, round)
            .isEqualTo(failure == null);
      }
      if (failure != null) {
        refused++;
        assertThat(failure).as("seed %s round %s", SEED, round).isInstanceOf(BtrdbException.class);
        assertThat(((BtrdbException) failure).code())
            .as("seed %s round %s: %s", SEED, round, failure)
            // A flipped bit may well say that the stream is compressed.
            .isIn(ErrorCode.PROTOCOL_VIOLATION, ErrorCode.UNSUPPORTED);
        assertThat(failure.getMessage()).doesNotContain("\n");
      }
      assertThat(allocated)
          .as("bytes reserved, seed %s round %s", SEED, round)
          .isLessThan(50_000 + 8L * valid.length);
    }
    assertThat(refused).as("refused of %s, seed %s", ROUNDS, SEED).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void damagedPoints() throws JMException {
    fuzz(points(20), bytes -> new ArrowPoints().read(bytes, 0, bytes.length));
    fuzz(
        reference(ReferenceArrow.Style.NULLABLE),
        bytes -> new ArrowPoints().read(bytes, 0, bytes.length));
  }

  @Test
  void damagedMessagesOfWindows() throws JMException {
    ArrowWindowsCodec codec = new ArrowWindowsCodec();
    codec.begin(new StreamVersion(1, 2));
    for (int i = 0; i < 10; i++) {
      codec.addEmpty(i);
    }
    WireBytes message = codec.message();
    AnswerHeader header = new AnswerHeader();
    fuzz(
        Arrays.copyOf(message.bytes(), message.length()),
        bytes ->
            new ArrowWindowsCodec()
                .decode(
                    WireMessage.of(new WireBytes(bytes, bytes.length)), Long.MAX_VALUE, header));
  }

  @Test
  void damagedWideRowsAndTemplates() throws JMException {
    ArrowSchema schema =
        ArrowSchema.wide(List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()));
    ArrowMultiValuesCodec codec = new ArrowMultiValuesCodec(schema);
    WireBytes message =
        codec.encode(new WideBatch(new long[] {1, 2}, new double[][] {{1, 2}, {3, 4}, {5, 6}}, 2));
    AnswerHeader header = new AnswerHeader();
    fuzz(
        Arrays.copyOf(message.bytes(), message.length()),
        bytes ->
            new ArrowMultiValuesCodec(schema)
                .decode(WireMessage.of(new WireBytes(bytes, bytes.length)), header));
    WireBytes noRows = codec.encode(new WideBatch(new long[0], new double[3][0], 0));
    ArrowAnswer answer = ArrowAnswer.ofManyStreams();
    answer.read(WireMessage.of(noRows), header);
    byte[] template =
        Arrays.copyOfRange(noRows.bytes(), answer.from(), answer.from() + answer.length());
    assertThat(ArrowSchema.template(template)).isEqualTo(schema);
    fuzz(template, ArrowSchema::template);
  }

  @Test
  void noiseIsRefused() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] noise = new byte[1 + random.nextInt(200)];
      random.nextBytes(noise);
      assertRefused(noise, "");
    }
  }

  private static void assertRefused(byte[] stream, String why) {
    assertThatThrownBy(() -> new ArrowPoints().read(stream, 0, stream.length))
        .hasMessageContaining(why)
        .extracting(e -> ((BtrdbException) e).code())
        .as("seed %s", SEED)
        .isEqualTo(ErrorCode.PROTOCOL_VIOLATION);
  }

  /** Messages as the test wants them, each with its body. */
  private static final class Stream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Stream metadata(byte[] metadata) {
      int padded = metadata.length + 7 & ~7;
      bytes.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(padded).array());
      bytes.writeBytes(Arrays.copyOf(metadata, padded));
      return this;
    }

    Stream schema() {
      return metadata(SchemaMessage.encode(ArrowSchema.POINTS));
    }

    Stream message(short version, byte kind, int header, FlatBufferBuilder builder, long body) {
      builder.finish(Message.createMessage(builder, version, kind, header, body, 0));
      return metadata(builder.sizedByteArray());
    }

    Stream batch(long rows, long nodeRows, long nulls, long offset, long length, long body) {
      FlatBufferBuilder builder = new FlatBufferBuilder();
      RecordBatch.startNodesVector(builder, 2);
      FieldNode.createFieldNode(builder, nodeRows, 0);
      FieldNode.createFieldNode(builder, nodeRows, nulls);
      int nodes = builder.endVector();
      RecordBatch.startBuffersVector(builder, 4);
      for (int i = 0; i < 2; i++) {
        Buffer.createBuffer(builder, offset, length);
        Buffer.createBuffer(builder, 0, 0);
      }
      int buffers = builder.endVector();
      int header = RecordBatch.createRecordBatch(builder, rows, nodes, buffers, 0, 0);
      return message(MetadataVersion.V5, MessageHeader.RecordBatch, header, builder, body);
    }

    Stream body(int length) {
      bytes.writeBytes(new byte[length]);
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }

  @Test
  void whatTheBuilderBuildsIsReadWhenItDoesNotLie() {
    byte[] good = new Stream().schema().batch(1, 1, 0, 0, 8, 16).body(16).bytes();
    assertThat(new ArrowPoints().read(good, 0, good.length).size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    // rows, rows of the columns, nulls, offset, length, body; then what is wrong
    "9223372036854775807, 1, 0, 0, 8, 16, 9223372036854775807 rows in a body of 16 bytes",
    "-1, 1, 0, 0, 8, 16, -1 rows",
    "2, 2, 0, 0, 8, 16, 2 rows in a body",
    "1, 2, 0, 0, 8, 16, '2 rows, 0 of them null, of 1 in column 1, time'",
    "1, 1, 2, 0, 8, 16, 2 of them null",
    "1, 1, -1, 0, 8, 16, -1 of them null",
    "1, 1, 1, 0, 8, 16, 0 bytes at 0 of 16",
    "1, 1, 0, 9223372036854775807, 8, 16, 8 bytes at 9223372036854775807",
    "1, 1, 0, -8, 8, 16, 8 bytes at -8",
    "1, 1, 0, 9, 8, 16, 8 bytes at 9 of 16",
    "1, 1, 0, 8, 9223372036854775807, 16, 9223372036854775807 bytes at 8",
    "1, 1, 0, 0, 7, 16, 7 bytes at 0",
    "1, 1, 0, 0, -1, 16, -1 bytes at 0",
    "1, 1, 0, 0, 8, 17, a body of 17 bytes in 16",
    "1, 1, 0, 0, 8, -1, a body of -1 bytes",
    "1, 1, 0, 0, 8, 9223372036854775807, a body of 9223372036854775807 bytes in 16",
  })
  void lengthsThatLie(
      long rows, long nodeRows, long nulls, long offset, long length, long body, String why) {
    assertRefused(
        new Stream().schema().batch(rows, nodeRows, nulls, offset, length, body).body(16).bytes(),
        why);
  }

  @Test
  void otherMessagesAreRefused() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int dictionary = DictionaryBatch.createDictionaryBatch(builder, 0, 0, false);
    Stream stream = new Stream().schema();
    stream.message(MetadataVersion.V5, MessageHeader.DictionaryBatch, dictionary, builder, 0);
    assertRefused(stream.bytes(), "a dictionary among its batches");
    assertRefused(new Stream().schema().schema().bytes(), "a message of kind 1 among its batches");
    assertRefused(new Stream().batch(1, 1, 0, 0, 8, 16).body(16).bytes(), "and not with a schema");
    assertRefused(new byte[] {-1, -1, -1, -1, 0, 0, 0, 0}, "no schema");
    assertRefused(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, "-1 bytes of metadata");
    assertRefused(new byte[] {-1, -1, -1, -1, 9, 0, 0, 0}, "9 bytes of metadata in 0");
    assertRefused(new byte[] {-1, -1, -1, -1, 9}, "is truncated");
  }

  @ParameterizedTest
  @ValueSource(shorts = {MetadataVersion.V1, MetadataVersion.V3, MetadataVersion.V5 + 1, -1})
  void otherVersionsAreRefused(short version) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int header = Schema.createSchema(builder, Endianness.Little, 0, 0, 0);
    assertRefused(
        new Stream().message(version, MessageHeader.Schema, header, builder, 0).bytes(),
        "metadata of version V" + (version + 1));
  }

  @Test
  void bigEndianIsRefused() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int header = Schema.createSchema(builder, Endianness.Big, 0, 0, 0);
    assertRefused(
        new Stream().message(MetadataVersion.V5, MessageHeader.Schema, header, builder, 0).bytes(),
        "is not little-endian");
  }
}
