package org.btrdb.embedded.store;

import java.nio.ByteBuffer;

/** Keys of two numbers whose byte order is the order of the numbers, which are not negative. */
final class Keys {
  private Keys() {}

  static byte[] of(long first, long second) {
    return ByteBuffer.allocate(16).putLong(first).putLong(second).array();
  }

  static long first(byte[] key) {
    return ByteBuffer.wrap(key).getLong(0);
  }

  static long second(byte[] key) {
    return ByteBuffer.wrap(key).getLong(8);
  }
}
