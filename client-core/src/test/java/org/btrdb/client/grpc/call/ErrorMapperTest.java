package org.btrdb.client.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** Whose failure it is. */
class ErrorMapperTest {

  @Test
  void memoryThatThisProcessLacksIsNoFailureOfTheServer() {
    OutOfMemoryError shortage = new OutOfMemoryError("Cannot reserve 2097152 bytes");
    for (Throwable cause : new Throwable[] {shortage, new IllegalStateException(shortage)}) {
      BtrdbException failure = ErrorMapper.of(Status.UNKNOWN.withCause(cause), "stream 1");
      assertThat(failure.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEMORY);
      assertThat(failure)
          .hasMessage(
              "stream 1: this process has too little memory for the answer:"
                  + " Cannot reserve 2097152 bytes");
    }
    assertThat(ErrorMapper.of(Status.UNKNOWN, "stream 1"))
        .hasMessage("stream 1: the server failed");
  }
}
