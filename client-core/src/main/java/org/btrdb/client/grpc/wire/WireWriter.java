package org.btrdb.client.grpc.wire;

import java.util.Arrays;

/** Writes protobuf's wire format into one growing array that is used again. */
final class WireWriter {
  private byte[] bytes;
  private int size;

  WireWriter(int capacity) {
    bytes = new byte[capacity];
  }

  void clear() {
    size = 0;
  }

  /** Makes room for some bytes and returns the array to write into, from {@link #size()} on. */
  byte[] room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
    }
    return bytes;
  }

  int size() {
    return size;
  }

  /** Counts bytes that were written into {@link #room}. */
  void wrote(int newSize) {
    size = newSize;
  }

  void varint(int tag, long value) {
    byte[] to = room(11);
    to[size++] = (byte) tag;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      to[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    to[size++] = (byte) rest;
  }

  void bytes(int tag, byte[] content) {
    varint(tag, content.length);
    System.arraycopy(content, 0, room(content.length), size, content.length);
    size += content.length;
  }

  WireBytes message() {
    return new WireBytes(bytes, size);
  }
}
