package org.btrdb.client.grpc.arrow;

import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * Reads the record batches of streams of one schema into arrays. All it reserves is bounded by the
 * bytes it was given.
 */
final class IpcReader {
  private static final int BUFFERS_PER_COLUMN = 2;

  private final ArrowSchema schema;
  private final IpcMessages messages = new IpcMessages();
  private final RecordBatch batch = new RecordBatch();
  private final FieldNode node = new FieldNode();
  private final Buffer buffer = new Buffer();
  private final BodyCompression compression = new BodyCompression();
  private final int[] data;
  private final int[] validity;
  private final boolean[] nulls;
  private boolean schemaSeen;
  private int rows;

  /** A reader of streams whose columns are of float64 or 64-bit integers. */
  IpcReader(ArrowSchema schema) {
    this.schema = schema;
    this.data = new int[schema.size()];
    this.validity = new int[schema.size()];
    this.nulls = new boolean[schema.size()];
  }

  /** Begins with a stream; no bytes at all are one without batches. */
  void open(byte[] bytes, int from, int length) {
    messages.open(bytes, from, length);
    schemaSeen = length == 0;
    rows = 0;
  }

  /**
   * Moves to the next batch; false at the end of the stream.
   *
   * @throws BtrdbException {@link ErrorCode#PROTOCOL_VIOLATION} if the bytes are no such stream;
   *     {@link ErrorCode#UNSUPPORTED}, and only then, if the batch is compressed
   */
  boolean nextBatch() {
    try {
      Message message = messages.next();
      if (message != null && !schemaSeen) {
        SchemaMessage.check(message, schema);
        schemaSeen = true;
        message = messages.next();
      }
      if (message == null) {
        if (!schemaSeen) {
          throw Violations.of("has no schema");
        }
        return false;
      }
      readBatch(message);
      return true;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Violations.of("has metadata that are none", e);
    }
  }

  private void readBatch(Message message) {
    if (message.headerType() != MessageHeader.RecordBatch || message.header(batch) == null) {
      throw Violations.of("has " + IpcMessages.kind(message.headerType()) + " among its batches");
    }
    if (batch.compression(compression) != null) {
      throw new BtrdbException(
          ErrorCode.UNSUPPORTED, "an Arrow stream is compressed by " + codec());
    }
    long claimed = batch.length();
    // Columns that shared their bytes would let a small message claim a large answer.
    int rowBytes = schema.size() * Long.BYTES;
    if (claimed < 0 || claimed > messages.bodyLength() / rowBytes) {
      throw Violations.of(
          "has " + claimed + " rows in a body of " + messages.bodyLength() + " bytes");
    }
    rows = (int) claimed;
    if (batch.nodesLength() != schema.size()
        || batch.buffersLength() != BUFFERS_PER_COLUMN * schema.size()) {
      throw Violations.of(
          "has a batch of "
              + batch.nodesLength()
              + " columns and "
              + batch.buffersLength()
              + " buffers where "
              + schema.size()
              + " columns are expected");
    }
    for (int column = 0; column < schema.size(); column++) {
      readColumn(column);
    }
  }

  private void readColumn(int column) {
    batch.nodes(node, column);
    long nullCount = node.nullCount();
    if (node.length() != rows || nullCount < 0 || nullCount > rows) {
      throw Violations.inColumn(
          schema, column, node.length() + " rows, " + nullCount + " of them null, of " + rows);
    }
    nulls[column] = nullCount > 0;
    batch.buffers(buffer, BUFFERS_PER_COLUMN * column);
    // Without nulls a bitmap may or may not be there, and says nothing.
    validity[column] = place(column, nullCount > 0 ? (rows + 7L) / 8 : 0);
    batch.buffers(buffer, BUFFERS_PER_COLUMN * column + 1);
    data[column] = place(column, (long) rows * Long.BYTES);
  }

  /** Where the buffer lies, which has to hold some bytes. */
  private int place(int column, long needed) {
    long offset = buffer.offset();
    long length = buffer.length();
    int body = messages.bodyLength();
    if (offset < 0 || offset > body || length < needed || length > body - offset) {
      throw Violations.inColumn(
          schema,
          column,
          length + " bytes at " + offset + " of " + body + " for " + rows + " rows");
    }
    return messages.body() + (int) offset;
  }

  private String codec() {
    int codec = compression.codec();
    return codec >= 0 && codec < CompressionType.names.length
        ? CompressionType.name(codec)
        : "codec " + codec;
  }

  /** Rows of the batch. */
  int rows() {
    return rows;
  }

  /** Whether a column of the batch holds nulls. */
  boolean hasNulls(int column) {
    return nulls[column];
  }

  boolean isNull(int column, int row) {
    return nulls[column] && (messages.bytes()[validity[column] + (row >> 3)] & 1 << (row & 7)) == 0;
  }

  /** Refuses nulls where they mean nothing. */
  void checkNoNulls(int column) {
    if (nulls[column]) {
      throw Violations.inColumn(schema, column, "a null");
    }
  }

  /** Copies a column of integers or times of the batch. */
  void longs(int column, long[] to, int at) {
    LittleEndian.longs(messages.bytes(), data[column], rows).get(to, at, rows);
  }

  /** Copies a column of doubles of the batch. */
  void doubles(int column, double[] to, int at) {
    LittleEndian.doubles(messages.bytes(), data[column], rows).get(to, at, rows);
  }
}
