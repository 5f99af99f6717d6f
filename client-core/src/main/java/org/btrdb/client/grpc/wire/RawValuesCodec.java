package org.btrdb.client.grpc.wire;

import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamVersion;

/** RawValuesResponse between bytes and columns; keeps its arrays, so one belongs to one call. */
public final class RawValuesCodec {
  private static final int VALUES = 0x22;
  private static final int HEADER_BYTES = 32;

  private final PointColumns columns = new PointColumns();
  private final WireReader reader = new WireReader();
  private final WireWriter writer = new WireWriter(HEADER_BYTES);

  /** Decodes a message, which the caller closes; the points are valid until the next call. */
  public PointBatch decode(WireMessage message, AnswerHeader header) {
    header.clear();
    columns.clear();
    reader.begin(message);
    while (columns.readPlain(VALUES, reader)) {
      int tag = reader.tag();
      if (tag == VALUES) {
        columns.readOne(reader);
      } else {
        header.read(tag, reader);
      }
    }
    return columns.batch();
  }

  /** Begins a message. */
  public void begin(StreamVersion version) {
    AnswerHeader.write(version, writer);
  }

  /** Adds points to the message begun. */
  public void add(PointBatch points) {
    PointColumns.write(VALUES, points, writer);
  }

  /** The message begun; valid until the next one begins. */
  public WireBytes message() {
    return writer.message();
  }
}
