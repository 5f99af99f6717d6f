package org.btrdb.client.grpc.arrow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;

/** Views of arrays of bytes as numbers; bulk copies through them run at the speed of memory. */
final class LittleEndian {
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle FLOATS =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}

  static LongBuffer longs(byte[] bytes, int from, int count) {
    return view(bytes, from, count).asLongBuffer();
  }

  static DoubleBuffer doubles(byte[] bytes, int from, int count) {
    return view(bytes, from, count).asDoubleBuffer();
  }

  private static ByteBuffer view(byte[] bytes, int from, int count) {
    return ByteBuffer.wrap(bytes, from, Math.multiplyExact(count, Long.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
