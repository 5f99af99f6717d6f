package org.btrdb.client.grpc.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** The message a stream begins with, between bytes and {@link ArrowSchema}. */
final class SchemaMessage {
  private static final int WIDE = 64;
  private static final int MOST_COLUMNS = 10_000;

  private SchemaMessage() {}

  /** Refuses a stream that does not have the columns expected, by position. */
  static void check(Message message, ArrowSchema expected) {
    Schema schema = schema(message);
    if (schema.fieldsLength() != expected.size()) {
      throw Violations.of(
          "has " + schema.fieldsLength() + " columns where " + expected.size() + " are expected");
    }
    Field field = new Field();
    for (int i = 0; i < expected.size(); i++) {
      if (schema.fields(field, i) == null) {
        throw Violations.inColumn(expected, i, "no type");
      }
      ArrowColumn.Type type = type(field);
      ArrowColumn column = expected.columns().get(i);
      if (type == null || !column.accepts(type)) {
        throw Violations.inColumn(
            expected, i, describe(field, type) + " where " + column.type() + " is expected");
      }
    }
  }

  static ArrowSchema template(byte[] bytes) {
    try {
      IpcMessages messages = new IpcMessages();
      messages.open(bytes, 0, bytes.length);
      Message message = messages.next();
      if (message == null) {
        throw Violations.of("without a schema is no template");
      }
      ArrowSchema schema = read(schema(message));
      if (messages.next() != null) {
        throw Violations.of("with data is no template");
      }
      return schema;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw Violations.of("has metadata that are none", e);
    }
  }

  private static ArrowSchema read(Schema schema) {
    int size = schema.fieldsLength();
    if (size < 1 || size > MOST_COLUMNS) {
      throw Violations.of("has " + size + " columns");
    }
    List<ArrowColumn> columns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Field field = schema.fields(i);
      ArrowColumn.Type type = field == null ? null : type(field);
      if (field == null || type == null) {
        throw Violations.of("has a column " + (i + 1) + " of a type that no answer can be cast to");
      }
      String name = field.name();
      columns.add(new ArrowColumn(name == null ? "" : name, type));
    }
    return new ArrowSchema(columns);
  }

  private static Schema schema(Message message) {
    if (message.headerType() != MessageHeader.Schema) {
      throw Violations.of(
          "begins with " + IpcMessages.kind(message.headerType()) + " and not with a schema");
    }
    Schema schema = (Schema) message.header(new Schema());
    if (schema == null) {
      throw Violations.of("has an empty schema");
    }
    if (schema.endianness() != Endianness.Little) {
      throw Violations.of("is not little-endian");
    }
    return schema;
  }

  private static ArrowColumn.@Nullable Type type(Field field) {
    if (field.dictionary() != null || field.childrenLength() != 0) {
      return null;
    }
    return switch (field.typeType()) {
      case Type.Timestamp -> timestamp((Timestamp) field.type(new Timestamp()));
      case Type.Int -> integer((Int) field.type(new Int()));
      case Type.FloatingPoint -> floating((FloatingPoint) field.type(new FloatingPoint()));
      default -> null;
    };
  }

  private static ArrowColumn.@Nullable Type timestamp(@Nullable Timestamp type) {
    if (type == null || type.unit() != TimeUnit.NANOSECOND) {
      return null;
    }
    return ArrowColumn.Type.TIMESTAMP_NANOS;
  }

  private static ArrowColumn.@Nullable Type integer(@Nullable Int type) {
    if (type == null || type.bitWidth() != WIDE) {
      return null;
    }
    return type.isSigned() ? ArrowColumn.Type.INT64 : ArrowColumn.Type.UINT64;
  }

  private static ArrowColumn.@Nullable Type floating(@Nullable FloatingPoint type) {
    if (type == null) {
      return null;
    }
    return switch (type.precision()) {
      case Precision.DOUBLE -> ArrowColumn.Type.FLOAT64;
      case Precision.SINGLE -> ArrowColumn.Type.FLOAT32;
      default -> null;
    };
  }

  private static String describe(Field field, ArrowColumn.@Nullable Type type) {
    if (type != null) {
      return type.toString();
    }
    if (field.dictionary() != null) {
      return "a dictionary";
    }
    int kind = field.typeType();
    return (kind >= 0 && kind < Type.names.length ? Type.name(kind) : "type " + kind)
        + " of another unit or width";
  }

  /** The metadata of the message, without length and padding. */
  static byte[] encode(ArrowSchema schema) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int[] fields = schema.columns().stream().mapToInt(c -> field(builder, c)).toArray();
    int vector = Schema.createFieldsVector(builder, fields);
    int header = Schema.createSchema(builder, Endianness.Little, vector, 0, 0);
    builder.finish(
        Message.createMessage(builder, MetadataVersion.V5, MessageHeader.Schema, header, 0, 0));
    return builder.sizedByteArray();
  }

  private static int field(FlatBufferBuilder builder, ArrowColumn column) {
    int name = builder.createString(column.name());
    int children = Field.createChildrenVector(builder, new int[0]);
    byte kind =
        switch (column.type()) {
          case TIMESTAMP_NANOS -> Type.Timestamp;
          case INT64, UINT64 -> Type.Int;
          case FLOAT64, FLOAT32 -> Type.FloatingPoint;
        };
    int type =
        switch (column.type()) {
          case TIMESTAMP_NANOS ->
              Timestamp.createTimestamp(builder, TimeUnit.NANOSECOND, builder.createString("UTC"));
          case INT64 -> Int.createInt(builder, WIDE, true);
          case UINT64 -> Int.createInt(builder, WIDE, false);
          case FLOAT64 -> FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
          case FLOAT32 -> FloatingPoint.createFloatingPoint(builder, Precision.SINGLE);
        };
    return Field.createField(builder, name, false, kind, type, 0, children, 0);
  }
}
