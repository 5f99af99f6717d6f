package org.btrdb.embedded.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.model.StreamDescriptor;

/** Streams and journal entries as bytes. */
final class RecordCodec {
  /** The position of a policy is its code on disk. */
  private static final List<MergePolicy> POLICIES =
      List.of(MergePolicy.NEVER, MergePolicy.EQUAL, MergePolicy.RETAIN, MergePolicy.REPLACE);

  private RecordCodec() {}

  /**
   * A stream and its newest committed version.
   *
   * @param descriptor its metadata
   * @param major its newest committed version
   * @param rootId the root of that version, 0 if it has no points
   */
  record StreamRecord(StreamDescriptor descriptor, long major, long rootId) {}

  /** An insert that is not in the tree yet. */
  record JournalEntry(MergePolicy policy, PointBatch points) {}

  static byte[] encode(StreamRecord stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      StreamDescriptor d = stream.descriptor();
      out.writeLong(d.uuid().getMostSignificantBits());
      out.writeLong(d.uuid().getLeastSignificantBits());
      out.writeUTF(d.collection());
      write(out, d.tags());
      write(out, d.annotations());
      out.writeLong(d.propertyVersion());
      out.writeLong(stream.major());
      out.writeLong(stream.rootId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static StreamRecord stream(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      UUID uuid = new UUID(in.readLong(), in.readLong());
      StreamDescriptor descriptor =
          new StreamDescriptor(uuid, in.readUTF(), readMap(in), readMap(in), in.readLong());
      return new StreamRecord(descriptor, in.readLong(), in.readLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    int size = in.readInt();
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(in.readUTF(), in.readUTF());
    }
    return map;
  }

  static byte[] encode(JournalEntry entry) {
    PointBatch points = entry.points();
    ByteBuffer out = ByteBuffer.allocate(1 + points.size() * (Long.BYTES + Double.BYTES));
    out.put((byte) POLICIES.indexOf(entry.policy()));
    for (int i = 0; i < points.size(); i++) {
      out.putLong(points.time(i)).putDouble(points.value(i));
    }
    return out.array();
  }

  static JournalEntry journalEntry(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    MergePolicy policy = POLICIES.get(in.get());
    int size = in.remaining() / (Long.BYTES + Double.BYTES);
    long[] times = new long[size];
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      times[i] = in.getLong();
      values[i] = in.getDouble();
    }
    return new JournalEntry(policy, PointBatch.of(times, values));
  }
}
