package org.btrdb.embedded.server;

import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.arrow.ArrowWindowsCodec;
import org.btrdb.client.grpc.wire.StatValuesCodec;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.model.StreamVersion;

/** Makes messages of window statistics, one after the other, in arrays that are used again. */
interface StatMessages {

  void begin(StreamVersion version);

  /** Adds one window to the message begun. */
  void add(StatBatch batch, int i);

  /** Adds a window without points to the message begun. */
  void addEmpty(long timeNanos);

  /** The message begun; valid until the next one. */
  WireBytes message();

  /** Windows as rows. */
  static StatMessages rows() {
    StatValuesCodec codec = new StatValuesCodec();
    return new StatMessages() {
      @Override
      public void begin(StreamVersion version) {
        codec.begin(version);
      }

      @Override
      public void add(StatBatch batch, int i) {
        codec.add(batch, i);
      }

      @Override
      public void addEmpty(long timeNanos) {
        codec.addEmpty(timeNanos);
      }

      @Override
      public WireBytes message() {
        return codec.message();
      }
    };
  }

  /** Windows as columns. */
  static StatMessages arrow() {
    ArrowWindowsCodec codec = new ArrowWindowsCodec();
    return new StatMessages() {
      @Override
      public void begin(StreamVersion version) {
        codec.begin(version);
      }

      @Override
      public void add(StatBatch batch, int i) {
        codec.add(batch, i);
      }

      @Override
      public void addEmpty(long timeNanos) {
        codec.addEmpty(timeNanos);
      }

      @Override
      public WireBytes message() {
        return codec.message();
      }
    };
  }
}
