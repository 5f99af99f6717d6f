package org.btrdb.embedded.store;

import java.nio.ByteBuffer;
import java.util.List;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.embedded.tree.Points;

/**
 * An insert that is acknowledged and not yet in the stored tree.
 *
 * @param points in order of time
 * @param policy how they are merged
 */
public record JournalEntry(Points points, MergePolicy policy) {
  private static final byte PLAIN = 1;

  /** Their places in this list are their numbers on the disk. */
  private static final List<MergePolicy> POLICIES =
      List.of(MergePolicy.NEVER, MergePolicy.EQUAL, MergePolicy.RETAIN, MergePolicy.REPLACE);

  byte[] encode() {
    int size = points.size();
    ByteBuffer out =
        ByteBuffer.allocate(2 + Integer.BYTES + 16 * size + Checksummed.CHECKSUM_BYTES)
            .put(PLAIN)
            .put((byte) POLICIES.indexOf(policy))
            .putInt(size);
    out.asLongBuffer().put(points.times(), points.from(), size);
    out.position(out.position() + 8 * size);
    out.asDoubleBuffer().put(points.values(), points.from(), size);
    return Checksummed.seal(out);
  }

  static JournalEntry decode(byte[] bytes) {
    ByteBuffer in = Checksummed.unseal(bytes);
    byte form = in.get();
    if (form != PLAIN) {
      throw new DamageException("journal entry of unknown form " + form);
    }
    MergePolicy policy = POLICIES.get(in.get());
    int size = in.getInt();
    long[] times = new long[size];
    double[] values = new double[size];
    in.asLongBuffer().get(times);
    in.position(in.position() + 8 * size);
    in.asDoubleBuffer().get(values);
    return new JournalEntry(new Points(times, values, 0, size), policy);
  }
}
