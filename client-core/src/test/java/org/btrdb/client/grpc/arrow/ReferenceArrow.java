package org.btrdb.client.grpc.arrow;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** IPC streams written and read by Apache Arrow's own library, which tests compare ours with. */
public final class ReferenceArrow implements AutoCloseable {
  public static final ArrowType NANOS = new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC");
  public static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
  public static final ArrowType UINT64 = new ArrowType.Int(64, false);
  public static final ArrowType INT64 = new ArrowType.Int(64, true);
  public static final List<ArrowType> POINTS = List.of(NANOS, DOUBLE);
  public static final List<ArrowType> WINDOWS =
      List.of(NANOS, DOUBLE, DOUBLE, DOUBLE, UINT64, DOUBLE);

  private final BufferAllocator allocator = new RootAllocator();

  /** How a stream is written besides its schema and rows. */
  public record Style(IpcOption option, boolean nullable, boolean compressed) {
    public static final Style PLAIN = new Style(IpcOption.DEFAULT, false, false);
    public static final Style NULLABLE = new Style(IpcOption.DEFAULT, true, false);
    public static final Style COMPRESSED = new Style(IpcOption.DEFAULT, false, true);
  }

  /** Says LZ4 and stores as is, which the format allows for buffers that do not shrink. */
  private static final class Stored extends AbstractCompressionCodec {
    @Override
    protected ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf buffer) {
      ArrowBuf larger =
          allocator.buffer(CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH + buffer.writerIndex() + 1);
      larger.writerIndex(larger.capacity());
      return larger;
    }

    @Override
    protected ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf buffer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompressionUtil.CodecType getCodecType() {
      return CompressionUtil.CodecType.LZ4_FRAME;
    }
  }

  private static final class StoredFactory implements CompressionCodec.Factory {
    @Override
    public CompressionCodec createCodec(CompressionUtil.CodecType type) {
      return new Stored();
    }

    @Override
    public CompressionCodec createCodec(CompressionUtil.CodecType type, int level) {
      return new Stored();
    }
  }

  /** A stream of batches; each batch is rows, each row Longs and Doubles or nulls. */
  public byte[] write(List<ArrowType> types, Style style, List<List<@Nullable Number[]>> batches) {
    List<Field> fields = new ArrayList<>();
    for (ArrowType type : types) {
      fields.add(new Field("c" + fields.size(), new FieldType(style.nullable(), type, null), null));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CompressionCodec.Factory factory =
        style.compressed() ? new StoredFactory() : NoCompressionCodec.Factory.INSTANCE;
    try (VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(fields), allocator);
        ArrowStreamWriter writer =
            new ArrowStreamWriter(
                root,
                null,
                Channels.newChannel(out),
                style.option(),
                factory,
                style.compressed()
                    ? CompressionUtil.CodecType.LZ4_FRAME
                    : CompressionUtil.CodecType.NO_COMPRESSION,
                Optional.empty())) {
      writer.start();
      for (List<@Nullable Number[]> batch : batches) {
        fill(root, batch);
        writer.writeBatch();
      }
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void fill(VectorSchemaRoot root, List<@Nullable Number[]> batch) {
    for (int c = 0; c < root.getFieldVectors().size(); c++) {
      FieldVector vector = root.getVector(c);
      vector.reset();
      for (int r = 0; r < batch.size(); r++) {
        set(vector, r, batch.get(r)[c]);
      }
    }
    root.setRowCount(batch.size());
  }

  private static void set(FieldVector vector, int row, @Nullable Number value) {
    if (value == null) {
      vector.setNull(row);
    } else if (vector instanceof TimeStampVector times) {
      times.setSafe(row, value.longValue());
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, value.longValue());
    } else if (vector instanceof UInt8Vector counts) {
      counts.setSafe(row, value.longValue());
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, value.floatValue());
    } else {
      ((Float8Vector) vector).setSafe(row, value.doubleValue());
    }
  }

  /** The schema and rows of a stream as Arrow reads them: Longs, Doubles, Floats, nulls. */
  public Table read(byte[] stream, int from, int length) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (ArrowStreamReader reader =
        new ArrowStreamReader(new ByteArrayInputStream(stream, from, length), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        for (int r = 0; r < root.getRowCount(); r++) {
          @Nullable Object[] row = new @Nullable Object[root.getFieldVectors().size()];
          for (int c = 0; c < row.length; c++) {
            row[c] = root.getVector(c).getObject(r);
          }
          rows.add(Arrays.asList(row));
        }
      }
      return new Table(root.getSchema(), rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row to be written. */
  public static @Nullable Number[] row(@Nullable Number... values) {
    return values;
  }

  /** A batch of one row. */
  public static List<@Nullable Number[]> one(@Nullable Number... values) {
    List<@Nullable Number[]> rows = new ArrayList<>();
    rows.add(values);
    return rows;
  }

  /** What Arrow read. */
  public record Table(Schema schema, List<List<@Nullable Object>> rows) {}

  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public void close() {
    allocator.close();
  }
}
