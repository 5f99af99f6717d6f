package org.btrdb.embedded.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.embedded.tree.Core;
import org.btrdb.embedded.tree.Leaf;
import org.btrdb.embedded.tree.Node;
import org.btrdb.embedded.tree.Summary;

/**
 * Nodes as bytes, big-endian. The first byte is the kind:
 *
 * <ul>
 *   <li>{@code 1}, a leaf: int size; the first time; for each further time the zigzag varint of the
 *       change of its distance to the one before (0 for a steady rate); the values, 8 bytes each;
 *   <li>{@code 2}, an inner node: start, byte pointwidth, a bit for each bucket that is not empty,
 *       and for each of those id, count, min, max, mean, sum of squared deviations, version.
 * </ul>
 */
final class NodeCodec {
  private static final byte LEAF = 1;
  private static final byte CORE = 2;
  private static final int MAX_VARINT = 10;
  private static final int BUCKET_BYTES = 7 * Long.BYTES;

  private NodeCodec() {}

  static byte[] encode(Leaf leaf) {
    long[] times = leaf.times();
    ByteBuffer out = ByteBuffer.allocate(1 + 4 + 8 + times.length * (MAX_VARINT + Double.BYTES));
    out.put(LEAF).putInt(times.length);
    out.putLong(times.length == 0 ? 0 : times[0]);
    long distance = 0;
    for (int i = 1; i < times.length; i++) {
      long next = times[i] - times[i - 1];
      putVarint(out, zigzag(next - distance));
      distance = next;
    }
    for (double value : leaf.values()) {
      out.putDouble(value);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  static byte[] encode(Core core) {
    long used = 0;
    for (int b = 0; b < Core.BUCKETS; b++) {
      used |= core.summary(b).count() > 0 ? 1L << b : 0;
    }
    ByteBuffer out = ByteBuffer.allocate(18 + Long.bitCount(used) * BUCKET_BYTES);
    out.put(CORE).putLong(core.startNanos()).put((byte) core.pointWidth()).putLong(used);
    for (int b = 0; b < Core.BUCKETS; b++) {
      if ((used >>> b & 1) == 1) {
        Summary s = core.summary(b);
        out.putLong(core.id(b)).putLong(s.count()).putDouble(s.min()).putDouble(s.max());
        out.putDouble(s.mean()).putDouble(s.squares()).putLong(core.version(b));
      }
    }
    return out.array();
  }

  static Node decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte kind = in.get();
    return switch (kind) {
      case LEAF -> leaf(in);
      case CORE -> core(in);
      default -> throw new BtrdbException(ErrorCode.STORE_DAMAGED, "node of unknown kind " + kind);
    };
  }

  private static Leaf leaf(ByteBuffer in) {
    int size = in.getInt();
    long[] times = new long[size];
    double[] values = new double[size];
    long time = in.getLong();
    long distance = 0;
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        long change = getVarint(in);
        distance += (change >>> 1) ^ -(change & 1);
        time += distance;
      }
      times[i] = time;
    }
    in.asDoubleBuffer().get(values);
    return new Leaf(times, values);
  }

  private static Core core(ByteBuffer in) {
    long start = in.getLong();
    int pointWidth = in.get();
    long used = in.getLong();
    long[] ids = new long[Core.BUCKETS];
    Summary[] summaries = new Summary[Core.BUCKETS];
    long[] versions = new long[Core.BUCKETS];
    for (int b = 0; b < Core.BUCKETS; b++) {
      summaries[b] = Summary.EMPTY;
      if ((used >>> b & 1) == 1) {
        ids[b] = in.getLong();
        summaries[b] =
            new Summary(
                in.getLong(), in.getDouble(), in.getDouble(), in.getDouble(), in.getDouble());
        versions[b] = in.getLong();
      }
    }
    return Core.stored(start, pointWidth, ids, summaries, versions);
  }

  private static long zigzag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static void putVarint(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long getVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
