package org.btrdb.client.grpc.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import javax.management.JMException;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.batch.StatBatch;
import org.btrdb.client.grpc.wire.AnswerHeader;
import org.btrdb.client.grpc.wire.WireBytes;
import org.btrdb.client.grpc.wire.WireMessage;
import org.btrdb.client.model.StreamVersion;
import org.junit.jupiter.api.Test;

/** Reading and writing allocates for a message, and nothing for a row. */
class ArrowAllocationTest {
  private static final StreamVersion VERSION = new StreamVersion(1, 0);
  private static final int FEW = 1_000;
  private static final int MANY = 50_000;
  private static final int MESSAGES = 50;
  private static final long ANY_MESSAGE = 4_000;

  private final AnswerHeader header = new AnswerHeader();

  private static long bytesOf(Runnable message) throws JMException {
    for (int i = 0; i < MESSAGES; i++) {
      message.run();
    }
    long before = AllocatedBytes.now();
    for (int i = 0; i < MESSAGES; i++) {
      message.run();
    }
    return (AllocatedBytes.now() - before) / MESSAGES;
  }

  @Test
  void points() throws JMException {
    for (int size : new int[] {FEW, MANY}) {
      ArrowRawValuesCodec writing = new ArrowRawValuesCodec();
      PointBatch points = PointBatch.of(new long[size], new double[size]);
      Runnable write =
          () -> {
            writing.begin(VERSION);
            writing.add(points);
            writing.message();
          };
      assertThat(bytesOf(write)).as("written, of %s points", size).isLessThan(ANY_MESSAGE);
      WireBytes message = writing.message();
      ArrowRawValuesCodec reading = new ArrowRawValuesCodec();
      assertThat(bytesOf(() -> reading.decode(WireMessage.of(message), header)))
          .as("read, of %s points", size)
          .isLessThan(ANY_MESSAGE);
    }
  }

  @Test
  void windows() throws JMException {
    StatBatch window = new StatBatch(1);
    window.add(0, 1, 2, 3, 4, 5);
    for (int size : new int[] {FEW, MANY}) {
      ArrowWindowsCodec writing = new ArrowWindowsCodec();
      Runnable write =
          () -> {
            writing.begin(VERSION);
            for (int i = 0; i < size; i++) {
              writing.add(window, 0);
            }
            writing.message();
          };
      assertThat(bytesOf(write)).as("written, of %s windows", size).isLessThan(ANY_MESSAGE);
      WireBytes message = writing.message();
      ArrowWindowsCodec reading = new ArrowWindowsCodec();
      assertThat(bytesOf(() -> reading.decode(WireMessage.of(message), Long.MAX_VALUE, header)))
          .as("read, of %s windows", size)
          .isLessThan(ANY_MESSAGE);
    }
  }
}
