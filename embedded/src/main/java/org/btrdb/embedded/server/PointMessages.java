package org.btrdb.embedded.server;

import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.grpc.arrow.ArrowRawValuesCodec;
import org.btrdb.client.grpc.arrow.ArrowSchema;
import org.btrdb.client.grpc.wire.RawValuesCodec;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.model.StreamVersion;

/** Makes messages of points, one after the other, in arrays that are used again. */
interface PointMessages {

  void begin(StreamVersion version);

  /** Adds points to the message begun. */
  void add(PointBatch points);

  /** The message begun; valid until the next one. */
  WireBytes message();

  /** Points as rows. */
  static PointMessages rows() {
    RawValuesCodec codec = new RawValuesCodec();
    return new PointMessages() {
      @Override
      public void begin(StreamVersion version) {
        codec.begin(version);
      }

      @Override
      public void add(PointBatch points) {
        codec.add(points);
      }

      @Override
      public WireBytes message() {
        return codec.message();
      }
    };
  }

  /** Points as columns of a schema. */
  static PointMessages arrow(ArrowSchema schema) {
    ArrowRawValuesCodec codec = new ArrowRawValuesCodec(schema);
    return new PointMessages() {
      @Override
      public void begin(StreamVersion version) {
        codec.begin(version);
      }

      @Override
      public void add(PointBatch points) {
        codec.add(points);
      }

      @Override
      public WireBytes message() {
        return codec.message();
      }
    };
  }
}
