package org.btrdb.client.grpc.call;

import org.btrdb.client.DataCursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.proto.v5api.Status;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer of columns, one batch for each message, decoded on the reader's thread into
 * arrays that the next message uses again.
 *
 * @param <B> the kind of batch
 */
public final class BatchCursor<B> implements DataCursor<B> {
  private final OpenCall<?, WireMessage> call;
  private final Decoder<B> decoder;
  private final StreamRead read;
  private final AnswerHeader header = new AnswerHeader();
  private @Nullable StreamVersion version;
  private @Nullable B current;
  private boolean begun;

  /** Makes a batch of a message, and fills the header. */
  @FunctionalInterface
  public interface Decoder<B> {
    /** Decodes a message; what comes back may be reused by the next one. */
    B decode(WireMessage message, AnswerHeader header);
  }

  /** A cursor that closes the call. */
  public BatchCursor(OpenCall<?, WireMessage> call, Decoder<B> decoder, StreamRead read) {
    this.call = call;
    this.decoder = decoder;
    this.read = read;
  }

  @Override
  public boolean next() {
    begun = true;
    current = null;
    try {
      current = call.next(this::batch);
    } catch (BtrdbException e) {
      throw call.abandon(read.explained(e));
    }
    return current != null;
  }

  private B batch(WireMessage message) {
    B batch;
    try (message) {
      batch = decoder.decode(message, header);
    }
    Status stat = header.stat();
    if (stat != null && stat.getCode() != 0) {
      throw ErrorMapper.of(new ServerStatus(stat.getCode(), stat.getMsg()), read.subject());
    }
    if (version == null) {
      version = header.version();
    }
    return batch;
  }

  @Override
  public B current() {
    if (current == null) {
      throw new IllegalStateException("next() was not called or returned false");
    }
    return current;
  }

  @Override
  public StreamVersion version() {
    if (!begun) {
      throw new IllegalStateException("the version is known after the first next()");
    }
    if (version == null) {
      version = read.versionIfUnsaid();
    }
    return version;
  }

  @Override
  public void close() {
    current = null;
    call.close();
  }
}
