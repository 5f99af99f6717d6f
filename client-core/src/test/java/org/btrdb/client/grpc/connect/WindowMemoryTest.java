package org.btrdb.client.grpc.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** How much servers may send ahead, all together. */
class WindowMemoryTest {
  private static final int MB = 1 << 20;

  @Test
  void aQuarterIsForRoomyWindows() {
    WindowMemory memory = new WindowMemory(32 * MB);
    memory.claim(WindowMemory.ROOMY_BYTES);
    assertThat(memory.isRoomy()).isTrue();
    memory.claim(WindowMemory.ROOMY_BYTES);
    assertThat(memory.isRoomy()).isFalse();
    memory.giveBack(WindowMemory.ROOMY_BYTES);
    assertThat(memory.isRoomy()).isTrue();
  }

  @Test
  void windowsAreSmallerTheMoreIsTaken() {
    WindowMemory memory = new WindowMemory(800L * MB);
    assertThat(memory.window()).isEqualTo(MB / 2);
    memory.claim(400 * MB);
    assertThat(memory.window()).isEqualTo(MB / 4);
    memory.claim(400 * MB);
    assertThat(memory.window()).isEqualTo(MB / 16);
    assertThat(new WindowMemory(1L << 40).window()).isEqualTo(MB);
  }

  @Test
  void moreThanThereIsIsRefusedWithTheNumbers() {
    WindowMemory memory = new WindowMemory(8 * MB);
    for (int i = 0; i < 8; i++) {
      memory.claim(MB);
    }
    assertThatThrownBy(() -> memory.claim(1))
        .hasMessage(
            "too many reads side by side: the answers of 8 that are open may take 8 MB, and the"
                + " most is 8 MB, half of the direct memory of this process"
                + " (-XX:MaxDirectMemorySize, else -Xmx)")
        .extracting(failure -> ((BtrdbException) failure).code())
        .isEqualTo(ErrorCode.INSUFFICIENT_MEMORY);
    memory.giveBack(MB);
    memory.claim(MB);
  }
}
