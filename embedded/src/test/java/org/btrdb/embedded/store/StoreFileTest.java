package org.btrdb.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a chunk gets to the disk. */
class StoreFileTest {
  private static final int CHUNK = 4096;
  private static final int FOOTER = 128;
  private static final int PLACE = 2 * CHUNK;

  private final RecordingDisk disk = new RecordingDisk(new byte[4 * CHUNK]);

  /** A chunk that comes back to where it was finds its own footer, and must not look whole yet. */
  @Test
  void footerOfTheSameNumberIsWipedBeforeTheChunkIsWritten() throws IOException {
    write("chunk:7,len:1,version:9,fletcher:1 ");
    assertThat(write("chunk:7,len:1,version:a,fletcher:2 "))
        .containsExactly("Write", "Sync", "Write", "Sync", "Write");
    DiskEvent.Write wipe = (DiskEvent.Write) disk.events().get(disk.events().size() - 5);
    assertThat(wipe.position()).isEqualTo(PLACE + CHUNK - FOOTER);
    assertThat(wipe.bytes()).containsOnly(0).hasSize(FOOTER);
  }

  @Test
  void footerOfAnotherNumberCostsNoSync() throws IOException {
    write("chunk:7,len:1,version:9,fletcher:1 ");
    assertThat(write("chunk:17,len:1,version:19,fletcher:1 ")).hasSize(3);
  }

  @SuppressWarnings("NullAway") // as MVStore moves chunks
  private List<String> write(String footer) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    chunk.position(CHUNK - FOOTER);
    chunk.put(footer.getBytes(StandardCharsets.ISO_8859_1));
    chunk.rewind();
    int before = disk.events().size();
    StoreFile.open("simulated", disk, false, SpaceLock.NONE).writeFully(null, PLACE, chunk);
    return disk.events().subList(before, disk.events().size()).stream()
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }
}
