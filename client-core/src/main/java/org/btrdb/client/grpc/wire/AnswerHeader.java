package org.btrdb.client.grpc.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.v5api.Status;
import org.jspecify.annotations.Nullable;

/** What every columnar answer says besides its columns; refilled by each message. */
public final class AnswerHeader {
  private static final int STAT = 0x0a;
  private static final int VERSION_MAJOR = 0x10;
  private static final int VERSION_MINOR = 0x18;

  private @Nullable Status stat;
  private long versionMajor;
  private long versionMinor;

  /** The in-band error, null on success. */
  public @Nullable Status stat() {
    return stat;
  }

  /** The version that answers. */
  public StreamVersion version() {
    return new StreamVersion(versionMajor, versionMinor);
  }

  void clear() {
    stat = null;
    versionMajor = 0;
    versionMinor = 0;
  }

  /** Takes a field of the header; skips any other. */
  void read(int tag, WireReader reader) {
    switch (tag) {
      case STAT -> stat = status(reader);
      case VERSION_MAJOR -> versionMajor = reader.varint();
      case VERSION_MINOR -> versionMinor = reader.varint();
      default -> reader.skip(tag);
    }
  }

  private static Status status(WireReader reader) {
    byte[] bytes = reader.bytes();
    try {
      return Status.parser().parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw reader.violation("has a status that is none");
    }
  }

  static void write(StreamVersion version, WireWriter writer) {
    writer.clear();
    writer.varint(VERSION_MAJOR, version.major());
    writer.varint(VERSION_MINOR, version.minor());
  }
}
