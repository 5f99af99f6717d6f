package org.btrdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.btrdb.cli.rows.RowFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code btrdb query --unbuffered}, above all of SELECT STREAM. */
@Timeout(60)
final class LiveQueryTest {
  private static final String URL = "jdbc:btrdb:mem:live-query-test";

  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection(URL);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void insert(int value) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO c.s VALUES (FROM_NANOS(" + value + "), " + value + ")");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** What each flush finds was written. */
  private static final class Flushes extends ByteArrayOutputStream {
    private final Runnable onFlush;
    private int flushed;

    Flushes(Runnable onFlush) {
      this.onFlush = onFlush;
    }

    @Override
    public void flush() throws IOException {
      if (size() > flushed) {
        flushed = size();
        onFlush.run();
      }
    }
  }

  @Test
  void aRowIsWrittenBeforeTheNextIsInserted() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE c.s (time TIMESTAMP(9), value DOUBLE)");
    }
    int[] inserted = {0};
    Flushes out = new Flushes(() -> insert(++inserted[0]));
    StandardStreams streams =
        new StandardStreams(
            new ByteArrayInputStream(new byte[0]),
            out,
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            false);
    String sql = "SELECT STREAM value FROM c.s LIMIT 3";
    assertThat(Main.run(streams, "query", "--url", URL, "--format=csv", "--unbuffered", sql))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("value\n1.0\n2.0\n3.0\n");
  }

  @ParameterizedTest
  @EnumSource(RowFormat.Kind.class)
  void everyFormatWritesEachRow(RowFormat.Kind format) throws SQLException, IOException {
    int[] flushes = {0};
    Flushes out = new Flushes(() -> flushes[0]++);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("VALUES (1), (2), (3), (4)")) {
      format.to(out, true).rows(rows);
    }
    assertThat(flushes[0]).isGreaterThanOrEqualTo(4);
  }
}
