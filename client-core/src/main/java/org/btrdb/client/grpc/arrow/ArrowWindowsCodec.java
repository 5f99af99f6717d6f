package org.btrdb.client.grpc.arrow;

import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.ArrowAnswer;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.model.StreamVersion;

/**
 * ArrowWindowsResponse and ArrowAlignedWindowsResponse, which are one on the wire, between bytes
 * and columns; keeps its arrays, so one belongs to one call.
 */
public final class ArrowWindowsCodec {
  private static final int FIRST_CAPACITY = 64;

  private final ArrowAnswer answer = ArrowAnswer.ofOneStream();
  private final IpcReader reader = new IpcReader(ArrowSchema.WINDOWS);
  private final IpcWriter writer = new IpcWriter(ArrowSchema.WINDOWS);
  private final StatBatch batch = new StatBatch(FIRST_CAPACITY);
  private final WindowColumns columns = new WindowColumns();
  private StreamVersion version = new StreamVersion(0, 0);

  /**
   * Decodes the windows of a message that hold points and begin before an end; the batch is valid
   * until the next call. A standard deviation that is null reads as NaN.
   *
   * @throws BtrdbException {@link ErrorCode#PROTOCOL_VIOLATION} if the message holds no IPC stream,
   *     its columns are not those of {@link ArrowSchema#WINDOWS}, or a null says something else
   *     than that a window has no such statistic; {@link ErrorCode#UNSUPPORTED}, and only then, if
   *     the stream is compressed
   */
  public StatBatch decode(WireMessage message, long endNanos, AnswerHeader header) {
    answer.read(message, header);
    batch.clear();
    reader.open(answer.bytes(), answer.from(), answer.length());
    while (reader.nextBatch()) {
      columns.read(reader);
      columns.addTo(batch, endNanos, reader);
    }
    return batch;
  }

  /** Begins a message. */
  public void begin(StreamVersion answering) {
    version = answering;
    columns.clear();
  }

  /** Adds one window to the message begun. */
  public void add(StatBatch stats, int i) {
    columns.add(
        stats.time(i), stats.min(i), stats.mean(i), stats.max(i), stats.count(i), stats.stddev(i));
  }

  /** Adds a window without points: zeros, as in the answers of the row calls. */
  public void addEmpty(long timeNanos) {
    columns.add(timeNanos, 0, 0, 0, 0, 0);
  }

  /** The message begun; valid until the next call of this method. */
  public WireBytes message() {
    byte[] bytes = answer.begin(version, writer.prepare(columns.size()));
    writer.begin(bytes, answer.from());
    columns.write(writer);
    writer.end();
    return answer.message();
  }
}
