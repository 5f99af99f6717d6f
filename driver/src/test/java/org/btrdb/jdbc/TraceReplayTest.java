package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Calls that real clients made of H2 (SQLLine: of Calcite), made of us: our answers are those of
 * the golden files, to be read in a review.
 *
 * <p>A golden file has the calls, our answers, and {@code [recorded …]} where the other database
 * said something else; {@link Recording} and {@link Replay} tell of the other lines. {@code
 * -Dgolden.write=true} writes our answers anew, and the calls too where the recordings lie beside
 * the project, or where {@code -Dtraces} says.
 */
class TraceReplayTest {
  private static final Path TRACES =
      Path.of(System.getProperty("traces", "../../shared/data/jdbc-client-traces"));
  private static final Path GOLDEN = Path.of("src", "test", "resources", "org/btrdb/jdbc/golden");

  private final TimeZone zone = TimeZone.getDefault();

  /** Recordings have timestamps without a zone. */
  @BeforeEach
  void inUtc() {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }

  @AfterEach
  void inTheirZone() {
    TimeZone.setDefault(zone);
  }

  static Stream<String> clients() {
    return Stream.of(
        "connection-pools",
        "dbeaver-generic",
        "hibernate-spring-mybatis-jdbi",
        "jooq-codegen",
        "spark",
        "sqlline");
  }

  private static Path golden(String client) {
    return GOLDEN.resolve(client + ".txt");
  }

  private static Path recording(String client) {
    return TRACES.resolve(client + ".txt");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void answersAreThoseOfTheGoldenFile(String client) throws Exception {
    boolean write = Boolean.getBoolean("golden.write");
    List<Recording.Event> events =
        write && Files.exists(recording(client))
            ? Recording.of(client, recording(client))
            : Recording.ofGolden(Files.readAllLines(golden(client)));
    try (TestData data = new TestData()) {
      fill(data);
      Replay replay = new Replay(data, data.url() + "?schema=plant/a");
      replay.all(events);
      assertThat(replay.wrong()).isEmpty();
      if (write) {
        Files.createDirectories(GOLDEN);
        Files.write(golden(client), replay.lines());
      }
      assertThat(replay.lines()).containsExactlyElementsOf(Files.readAllLines(golden(client)));
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void everyCallOfTheRecordingIsInTheGoldenFile(String client) throws IOException {
    assumeTrue(Files.exists(recording(client)), "no recordings beside the project");
    assertThat(Recording.ofGolden(Files.readAllLines(golden(client))))
        .containsExactlyElementsOf(Recording.of(client, recording(client)));
  }

  /** What the recordings' statement makes in H2, but for its columns time_ns and name. */
  private static void fill(TestData data) {
    UUID uuid = data.stream("plant/a", "stream_0", Map.of("unit", "V"), Map.of("site", "north"));
    long[] times = new long[1000];
    double[] values = new double[1000];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_704_067_200_123_456_789L + (i + 1) * 1_000_000_000L;
      values[i] = StrictMath.sin((i + 1) * 0.1);
    }
    data.insert(uuid, times, values);
  }
}
