package org.btrdb.embedded.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.h2.mvstore.DataUtils;

/**
 * The space that a recovery of a disk needs: that of the chunks which its newest list calls live.
 */
public final class LiveSpace {
  private static final int BLOCK = 4096;

  private final List<int[]> ranges = new ArrayList<>();

  private LiveSpace() {}

  /** Reads the list that a disk's newest chunk holds. */
  public static LiveSpace of(byte[] image) {
    LiveSpace live = new LiveSpace();
    DataDirectory directory = DataDirectory.on("simulated", new RecordingDisk(image), true);
    directory
        .mvStore()
        .getLayoutMap()
        .forEach(
            (key, value) -> {
              if (key.startsWith("chunk.")) {
                live.add(DataUtils.parseMap(value));
              }
            });
    directory.closeImmediately();
    return live;
  }

  private void add(Map<String, String> chunk) {
    if (!"0".equals(chunk.get("livePages"))) {
      int block = hex(chunk, "block");
      ranges.add(new int[] {block * BLOCK, (block + hex(chunk, "len")) * BLOCK});
    }
  }

  private static int hex(Map<String, String> chunk, String key) {
    return Integer.parseInt(Objects.requireNonNull(chunk.get(key)), 16);
  }

  /** How many chunks are live. */
  public int size() {
    return ranges.size();
  }

  /** Whether a write goes over a live chunk. */
  public boolean isHitBy(DiskEvent.Write write) {
    int end = write.position() + write.bytes().length;
    return ranges.stream().anyMatch(r -> write.position() < r[1] && end > r[0]);
  }
}
