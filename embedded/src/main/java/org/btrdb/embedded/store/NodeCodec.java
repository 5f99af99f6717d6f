package org.btrdb.embedded.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.btrdb.embedded.tree.Core;
import org.btrdb.embedded.tree.Leaf;
import org.btrdb.embedded.tree.Node;
import org.btrdb.embedded.tree.Slot;
import org.jspecify.annotations.Nullable;

/** Nodes and roots as bytes; the first byte says which form follows. */
final class NodeCodec {
  private static final byte PLAIN_LEAF = 1;
  private static final byte CORE = 2;
  private static final byte EMPTY_ROOT = 3;
  private static final byte ROOT = 4;
  private static final byte PACKED_LEAF = 5;
  private static final int SLOT_BYTES = 7 * Long.BYTES;

  private NodeCodec() {}

  static byte[] encode(Node node) {
    return node instanceof Leaf leaf
        ? encodeLeaf(leaf.times(), leaf.values())
        : encode((Core) node);
  }

  static Node decode(byte[] bytes) {
    return decode(bytes, Checksummed.unseal(bytes));
  }

  private static Node decode(byte[] bytes, ByteBuffer in) {
    byte form = in.get();
    return switch (form) {
      case PLAIN_LEAF -> decodeLeaf(in);
      case PACKED_LEAF -> decodePackedLeaf(bytes, in);
      case CORE -> decodeCore(in);
      default -> throw new DamageException("node of unknown form " + form);
    };
  }

  /** An inner node; of a leaf only the checksum is looked at. */
  static Optional<Core> decodeIfCore(byte[] bytes) {
    ByteBuffer in = Checksummed.unseal(bytes);
    return isLeaf(bytes) ? Optional.empty() : Optional.of((Core) decode(bytes, in));
  }

  /** Whether a stored node is a leaf; without decoding it. */
  static boolean isLeaf(byte[] bytes) {
    return bytes[0] == PACKED_LEAF || bytes[0] == PLAIN_LEAF;
  }

  /**
   * The count stands behind the columns: with the checksum it fills the eight bytes that the reader
   * may look at beyond them.
   */
  private static byte[] encodeLeaf(long[] times, double[] values) {
    ByteWriter out = new ByteWriter(64 + 12 * times.length);
    out.putByte(PACKED_LEAF);
    if (times.length > 0) {
      TimeColumn.write(out, times);
      ValueColumn.write(out, values);
    }
    byte[] bytes = out.toBytes(Integer.BYTES + Checksummed.CHECKSUM_BYTES);
    ByteBuffer sealed = ByteBuffer.wrap(bytes);
    sealed.putInt(bytes.length - Integer.BYTES - Checksummed.CHECKSUM_BYTES, times.length);
    return Checksummed.seal(sealed);
  }

  private static Leaf decodePackedLeaf(byte[] bytes, ByteBuffer in) {
    int end = in.limit() - Integer.BYTES;
    int size = in.getInt(end);
    if (size < 0 || size > (long) bytes.length * PackedLongs.BLOCK) {
      throw new DamageException("leaf of " + size + " points in " + bytes.length + " bytes");
    }
    if (size == 0) {
      return new Leaf(new long[0], new double[0]);
    }
    ByteReader columns = new ByteReader(bytes, 1);
    long[] times;
    double[] values;
    try {
      times = TimeColumn.read(columns, size);
      values = ValueColumn.read(columns, size);
    } catch (IndexOutOfBoundsException e) {
      throw new DamageException("leaf ends too early");
    }
    if (columns.position() != end) {
      throw new DamageException("leaf does not end where it should");
    }
    return new Leaf(times, values);
  }

  private static Leaf decodeLeaf(ByteBuffer in) {
    int size = in.getInt();
    long[] times = new long[size];
    double[] values = new double[size];
    in.asLongBuffer().get(times);
    in.position(in.position() + 8 * size);
    in.asDoubleBuffer().get(values);
    return new Leaf(times, values);
  }

  private static byte[] encode(Core core) {
    int occupied = 0;
    for (Slot slot : core.slots()) {
      occupied += slot == null ? 0 : 1;
    }
    ByteBuffer out =
        ByteBuffer.allocate(3 + 8 + occupied * (1 + SLOT_BYTES) + Checksummed.CHECKSUM_BYTES)
            .put(CORE)
            .put((byte) core.pointWidth())
            .putLong(core.startNanos())
            .put((byte) occupied);
    for (int i = 0; i < Core.FAN_OUT; i++) {
      Slot slot = core.slots()[i];
      if (slot != null) {
        putSlot(out.put((byte) i), slot);
      }
    }
    return Checksummed.seal(out);
  }

  private static Core decodeCore(ByteBuffer in) {
    int pointWidth = in.get();
    long startNanos = in.getLong();
    int occupied = in.get();
    @Nullable Slot[] slots = new Slot[Core.FAN_OUT];
    for (int i = 0; i < occupied; i++) {
      slots[in.get()] = getSlot(in);
    }
    return new Core(pointWidth, startNanos, slots);
  }

  static byte[] encodeRoot(@Nullable Slot root) {
    if (root == null) {
      return Checksummed.seal(ByteBuffer.allocate(1 + Checksummed.CHECKSUM_BYTES).put(EMPTY_ROOT));
    }
    ByteBuffer out = ByteBuffer.allocate(1 + SLOT_BYTES + Checksummed.CHECKSUM_BYTES).put(ROOT);
    putSlot(out, root);
    return Checksummed.seal(out);
  }

  static @Nullable Slot decodeRoot(byte[] bytes) {
    ByteBuffer in = Checksummed.unseal(bytes);
    byte form = in.get();
    return switch (form) {
      case EMPTY_ROOT -> null;
      case ROOT -> getSlot(in);
      default -> throw new DamageException("root of unknown form " + form);
    };
  }

  private static void putSlot(ByteBuffer out, Slot slot) {
    out.putLong(slot.id())
        .putLong(slot.version())
        .putLong(slot.count())
        .putDouble(slot.min())
        .putDouble(slot.max())
        .putDouble(slot.mean())
        .putDouble(slot.m2());
  }

  private static Slot getSlot(ByteBuffer in) {
    return new Slot(
        in.getLong(),
        null,
        in.getLong(),
        in.getLong(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble());
  }
}
