package org.btrdb.client.grpc.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Writes streams of one schema with one batch, or none if there are no rows: {@link #prepare}, then
 * {@link #begin}, each column in order, {@link #end}.
 */
final class IpcWriter {
  private static final int ALIGNMENT = 8;
  private static final int PREFIX = 2 * Integer.BYTES;
  private static final int FIRST_METADATA = 512;

  private final ArrowSchema schema;
  private final byte[] schemaMetadata;
  private final FlatBufferBuilder builder = new FlatBufferBuilder(FIRST_METADATA);
  private int rows;
  private int metadataLength;
  private byte[] to = new byte[0];
  private int at;
  private int column;

  IpcWriter(ArrowSchema schema) {
    this.schema = schema;
    this.schemaMetadata = SchemaMessage.encode(schema);
  }

  /** Exactly how many bytes a stream of so many rows takes. */
  int prepare(int rowCount) {
    rows = rowCount;
    long length = (long) PREFIX + padded(schemaMetadata.length) + PREFIX;
    if (rows > 0) {
      long body = describeBatch();
      metadataLength = padded(builder.offset());
      length += PREFIX + metadataLength + body;
    }
    if (length > Integer.MAX_VALUE - FIRST_METADATA) {
      throw new BtrdbException(
          ErrorCode.TOO_LARGE, rowCount + " rows do not fit into one Arrow stream");
    }
    return (int) length;
  }

  /** Builds the metadata of the batch; the length of its body. */
  private long describeBatch() {
    builder.clear();
    int columns = schema.size();
    RecordBatch.startNodesVector(builder, columns);
    for (int i = 0; i < columns; i++) {
      FieldNode.createFieldNode(builder, rows, 0);
    }
    int nodes = builder.endVector();
    long body = 0;
    for (ArrowColumn each : schema.columns()) {
      body += padded(each);
    }
    RecordBatch.startBuffersVector(builder, 2 * columns);
    // Flatbuffers grow downwards: the last column's data come first.
    long offset = body;
    for (int i = columns - 1; i >= 0; i--) {
      ArrowColumn each = schema.columns().get(i);
      offset -= padded(each);
      Buffer.createBuffer(builder, offset, (long) rows * each.type().bytes());
      Buffer.createBuffer(builder, offset, 0);
    }
    int buffers = builder.endVector();
    int header = RecordBatch.createRecordBatch(builder, rows, nodes, buffers, 0, 0);
    builder.finish(
        Message.createMessage(
            builder, MetadataVersion.V5, MessageHeader.RecordBatch, header, body, 0));
    return body;
  }

  private long padded(ArrowColumn each) {
    return ((long) rows * each.type().bytes() + ALIGNMENT - 1) & -ALIGNMENT;
  }

  private static int padded(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Begins the stream prepared; as many bytes as it takes must be free. */
  void begin(byte[] target, int from) {
    to = target;
    at = from;
    column = 0;
    prefix(padded(schemaMetadata.length));
    System.arraycopy(schemaMetadata, 0, to, at, schemaMetadata.length);
    pad(schemaMetadata.length);
    if (rows > 0) {
      prefix(metadataLength);
      int length = builder.offset();
      builder.dataBuffer().get(to, at, length);
      pad(length);
    }
  }

  private void prefix(int length) {
    LittleEndian.INTS.set(to, at, IpcMessages.CONTINUATION);
    LittleEndian.INTS.set(to, at + Integer.BYTES, length);
    at += PREFIX;
  }

  private void pad(int length) {
    Arrays.fill(to, at + length, at + padded(length), (byte) 0);
    at += padded(length);
  }

  /** Writes the next column, one of times or integers. */
  void longs(long[] values, int from) {
    expect(ArrowColumn.Type.TIMESTAMP_NANOS, ArrowColumn.Type.INT64, ArrowColumn.Type.UINT64);
    LittleEndian.longs(to, at, rows).put(values, from, rows);
    at += rows * Long.BYTES;
  }

  /** Writes the next column, one of doubles, or of floats if the schema wants them. */
  void doubles(double[] values, int from) {
    ArrowColumn.Type type = expect(ArrowColumn.Type.FLOAT64, ArrowColumn.Type.FLOAT32);
    if (type == ArrowColumn.Type.FLOAT64) {
      LittleEndian.doubles(to, at, rows).put(values, from, rows);
      at += rows * Double.BYTES;
    } else {
      for (int i = 0; i < rows; i++) {
        LittleEndian.FLOATS.set(to, at + i * Float.BYTES, (float) values[from + i]);
      }
      pad(rows * Float.BYTES);
    }
  }

  private ArrowColumn.Type expect(ArrowColumn.Type... types) {
    ArrowColumn.Type type = schema.columns().get(column++).type();
    if (!Arrays.asList(types).contains(type)) {
      throw new IllegalStateException("column " + column + " is one of " + type);
    }
    return type;
  }

  /** Ends the stream. */
  void end() {
    prefix(0);
  }
}
