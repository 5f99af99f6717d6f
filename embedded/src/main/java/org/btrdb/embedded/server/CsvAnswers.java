package org.btrdb.embedded.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.btrdb.proto.v5api.GenerateCSVResponse;
import org.jspecify.annotations.Nullable;

/**
 * A header, then one row for each time that any stream has, in order of time; what a stream has
 * twice makes two rows. A window without points is an empty cell and not zeros.
 */
final class CsvAnswers implements Answers<GenerateCSVResponse> {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final List<CsvColumns> streams;
  private final boolean withVersions;
  private boolean begun;

  CsvAnswers(List<CsvColumns> streams, boolean withVersions) {
    this.streams = streams;
    this.withVersions = withVersions;
  }

  @Override
  public @Nullable GenerateCSVResponse next() {
    if (!begun) {
      begun = true;
      return header();
    }
    boolean more = false;
    long time = Long.MAX_VALUE;
    for (CsvColumns stream : streams) {
      if (stream.hasNext()) {
        more = true;
        time = Math.min(time, stream.time());
      }
    }
    return more ? row(time) : null;
  }

  private GenerateCSVResponse header() {
    List<String> titles = new ArrayList<>();
    titles.add("Timestamp (ns)");
    titles.add("Human-Readable Time (UTC)");
    streams.forEach(stream -> stream.addTitles(titles, withVersions));
    return GenerateCSVResponse.newBuilder().setIsHeader(true).addAllRow(titles).build();
  }

  private GenerateCSVResponse row(long time) {
    List<String> cells = new ArrayList<>();
    cells.add(Long.toString(time));
    cells.add(Instant.ofEpochSecond(Math.floorDiv(time, NANOS_PER_SECOND)).toString());
    for (CsvColumns stream : streams) {
      if (stream.hasNext() && stream.time() == time) {
        stream.takeInto(cells);
      } else {
        stream.addEmpty(cells);
      }
    }
    return GenerateCSVResponse.newBuilder().addAllRow(cells).build();
  }

  @Override
  public void close() {
    streams.forEach(CsvColumns::close);
  }
}
