package org.btrdb.client.grpc.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * A message that has arrived and still lies in gRPC's buffers. It is read once, by one thread, and
 * whoever takes it closes it, for the buffers are not the garbage collector's.
 */
public final class WireMessage implements AutoCloseable {
  private final InputStream stream;
  private final int length;

  /**
   * A message that owns its stream.
   *
   * @param length bytes that are in the stream, all of which have arrived
   */
  WireMessage(InputStream stream, int length) {
    this.stream = stream;
    this.length = length;
  }

  /** A message in an array. */
  public static WireMessage of(WireBytes bytes) {
    return new WireMessage(
        new ByteArrayInputStream(bytes.bytes(), 0, bytes.length()), bytes.length());
  }

  int length() {
    return length;
  }

  /** Takes the next bytes, which the caller knows to be there. */
  void read(byte[] into, int at, int count) {
    try {
      if (stream.readNBytes(into, at, count) != count) {
        throw new BtrdbException(
            ErrorCode.PROTOCOL_VIOLATION, "a BTrDB message ends before its " + length + " bytes");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Gives the buffers back; idempotent. */
  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static BtrdbException unreadable(IOException e) {
    return new BtrdbException(ErrorCode.INTERNAL, "a message in memory cannot be read", e);
  }
}
