package org.btrdb.client.grpc.wire;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.InputStream;
import java.util.UUID;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.MergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * InsertParams with its points as columns.
 *
 * @param uuid 16 bytes, unchecked
 * @param points in the order of the request
 * @param mergePolicy the number of the policy, unchecked; see {@link #policy}
 * @param rounded whether the request asks for rounding of values
 */
public record InsertMessage(ByteString uuid, PointBatch points, int mergePolicy, boolean rounded) {
  private static final int UUID_TAG = 0x0a;
  private static final int VALUES = 0x1a;
  private static final int MERGE_POLICY = 0x20;
  private static final int ROUNDING = 0x2a;
  private static final int OTHER_BYTES = 32;

  /** A request to store points of a stream. */
  public static InsertMessage of(UUID uuid, PointBatch points, MergePolicy policy) {
    return new InsertMessage(UuidBytes.of(uuid), points, number(policy), false);
  }

  private static int number(MergePolicy policy) {
    return switch (policy) {
      case NEVER -> org.btrdb.proto.v5api.MergePolicy.NEVER_VALUE;
      case EQUAL -> org.btrdb.proto.v5api.MergePolicy.EQUAL_VALUE;
      case RETAIN -> org.btrdb.proto.v5api.MergePolicy.RETAIN_VALUE;
      case REPLACE -> org.btrdb.proto.v5api.MergePolicy.REPLACE_VALUE;
    };
  }

  /** The policy; null if the number stands for none. */
  public @Nullable MergePolicy policy() {
    for (MergePolicy policy : MergePolicy.values()) {
      if (number(policy) == mergePolicy) {
        return policy;
      }
    }
    return null;
  }

  WireBytes encode() {
    WireWriter writer =
        new WireWriter(
            Math.addExact(
                OTHER_BYTES, Math.multiplyExact(points.size(), PointColumns.POINT_BYTES)));
    writer.bytes(UUID_TAG, uuid.toByteArray());
    PointColumns.write(VALUES, points, writer);
    writer.varint(MERGE_POLICY, mergePolicy);
    return writer.message();
  }

  static InsertMessage decode(WireMessage message) {
    WireReader reader = new WireReader();
    reader.begin(message);
    PointColumns columns = new PointColumns();
    ByteString uuid = ByteString.EMPTY;
    int policy = 0;
    boolean rounded = false;
    while (columns.readPlain(VALUES, reader)) {
      int tag = reader.tag();
      switch (tag) {
        case UUID_TAG -> uuid = ByteString.copyFrom(reader.bytes());
        case VALUES -> columns.readOne(reader);
        case MERGE_POLICY -> policy = (int) reader.varint();
        case ROUNDING -> {
          rounded = true;
          reader.skip(tag);
        }
        default -> reader.skip(tag);
      }
    }
    return new InsertMessage(uuid, columns.batch(), policy, rounded);
  }

  /** Sends and receives inserts without an object for each point. */
  public static final class Marshaller implements MethodDescriptor.Marshaller<InsertMessage> {

    @Override
    public InputStream stream(InsertMessage message) {
      return message.encode().stream();
    }

    @Override
    public InsertMessage parse(InputStream stream) {
      try {
        return decode(WireMessage.of(new WireBytesMarshaller().parse(stream)));
      } catch (BtrdbException e) {
        throw Status.INVALID_ARGUMENT
            .withDescription(e.getMessage())
            .withCause(e)
            .asRuntimeException();
      }
    }
  }
}
