package org.btrdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.btrdb.client.Btrdb;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JVMs with little heap that write late points all over the history, and die. */
class SmallHeapTest {
  private static final List<String> LITTLE = List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError");

  /** Four of them, each split by a late point, are as much as the heap. */
  private static final int LEAVES = 1024;

  @TempDir Path temporary;

  private Path directory() {
    return temporary.resolve("data");
  }

  private List<String> write(
      List<String> options, int streams, int leaves, int inserts, int perInsert) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            SparseWriter.class,
            options,
            directory().toString(),
            Integer.toString(streams),
            Integer.toString(leaves),
            Integer.toString(inserts),
            Integer.toString(perInsert))) {
      return child.remainingLines();
    }
  }

  private List<String> open() throws Exception {
    try (ChildJvm child = ChildJvm.start(SmallHeapTest.class, LITTLE, directory().toString())) {
      return child.remainingLines();
    }
  }

  /** Opens a directory, reads it all and closes it. */
  public static void main(String[] arguments) {
    long points = 0;
    try (Btrdb btrdb = Fixture.directory(Path.of(arguments[0]))) {
      StreamQuery all = StreamQuery.underPrefix("");
      for (StreamDescriptor stream : Fixture.all(btrdb.lookup(all, Fixture.SCOPE))) {
        try (var cursor =
            btrdb.raw(stream.uuid(), TimeRange.ALL, StreamVersion.LATEST, Fixture.SCOPE)) {
          while (cursor.next()) {
            points += cursor.current().size();
          }
        }
      }
    }
    System.out.println("points " + points);
  }

  /** Each insert is too small to be looked at by itself. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void smallInsertsStayInsideTheHeap() throws Exception {
    assertThat(write(LITTLE, 4, LEAVES, 15, 63)).containsExactly("filled", "inserted");
    assertThat(open()).containsExactly("points " + 4 * (LEAVES * 1024 + 15 * 63));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void whatWasWrittenWithMoreHeapOpensWithLittle() throws Exception {
    List<String> plenty = List.of("-Xmx2g");
    assertThat(write(plenty, 4, LEAVES, 15, 63)).containsExactly("filled", "inserted");
    assertThat(open()).containsExactly("points " + 4 * (LEAVES * 1024 + 15 * 63));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void oneInsertAllOverTheHistoryIsRefusedInOneLine() throws Exception {
    List<String> lines = write(LITTLE, 1, 4 * LEAVES, 1, 4 * LEAVES);
    assertThat(lines).hasSize(2).contains("filled");
    assertThat(lines.get(1)).startsWith("error TOO_LARGE").contains("insert fewer at once");
    assertThat(open()).containsExactly("points " + 4 * LEAVES * 1024);
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void oneInsertJustBelowThatIsStored() throws Exception {
    assertThat(write(LITTLE, 2, LEAVES, 1, 600)).containsExactly("filled", "inserted");
    assertThat(open()).containsExactly("points " + 2 * (LEAVES * 1024 + 600));
  }
}
