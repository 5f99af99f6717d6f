package org.btrdb.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL of its own binaries; absent where it will not run, as for the user root. */
final class ForeignServer implements AutoCloseable {
  private final @Nullable EmbeddedPostgres postgres;

  private ForeignServer(@Nullable EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static ForeignServer start(Path directory) {
    try {
      return new ForeignServer(
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.resolve("postgres"))
              .setOverrideWorkingDirectory(directory.toFile())
              .start());
    } catch (IOException | IllegalStateException e) {
      System.out.println("PostgreSQL does not start here: " + e.getMessage());
      return new ForeignServer(null);
    }
  }

  /** Null if it did not start. */
  @Nullable String url() {
    return postgres == null ? null : postgres.getJdbcUrl("postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    if (postgres != null) {
      postgres.close();
    }
  }
}
