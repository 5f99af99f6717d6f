package org.btrdb.embedded.meta;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamDescriptor;

/** Stream metadata as bytes. */
final class DescriptorCodec {
  private static final byte FORM = 1;

  private DescriptorCodec() {}

  static byte[] encode(StreamDescriptor stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(stream.uuid().getMostSignificantBits());
      out.writeLong(stream.uuid().getLeastSignificantBits());
      out.writeLong(stream.propertyVersion());
      out.writeUTF(stream.collection());
      writeMap(out, stream.tags());
      writeMap(out, stream.annotations());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static StreamDescriptor decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte form = in.readByte();
      if (form != FORM) {
        throw new IOException("stream metadata of unknown form " + form);
      }
      UUID uuid = new UUID(in.readLong(), in.readLong());
      long propertyVersion = in.readLong();
      String collection = in.readUTF();
      return new StreamDescriptor(uuid, collection, readMap(in), readMap(in), propertyVersion);
    } catch (IOException e) {
      throw new BtrdbException(
          ErrorCode.STORE_DAMAGED, "metadata of a stream is damaged: " + e.getMessage(), e);
    }
  }

  private static void writeMap(DataOutputStream out, Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : new TreeMap<>(map).entrySet()) {
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
}
