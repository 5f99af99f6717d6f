package org.btrdb.jar.inside;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.btrdb.jdbc.BtrdbDataSource;
import org.btrdb.jdbc.BtrdbDriver;
import schemacrawler.crawl.SchemaCrawler;
import schemacrawler.schema.Catalog;
import schemacrawler.schema.Column;
import schemacrawler.schema.Schema;
import schemacrawler.schema.Table;
import schemacrawler.schemacrawler.LoadOptionsBuilder;
import schemacrawler.schemacrawler.SchemaCrawlerOptionsBuilder;
import schemacrawler.schemacrawler.SchemaInfoLevelBuilder;
import schemacrawler.schemacrawler.SchemaRetrievalOptionsBuilder;
import us.fatehi.utility.datasource.DatabaseConnectionSources;

/**
 * SchemaCrawler with all that it can ask for: the tables of the schema {@code crawled} with their
 * columns, and what it logged as a warning or worse.
 */
public final class CrawlWithSchemaCrawler implements Function<String, List<String>> {
  @Override
  public List<String> apply(String url) {
    // It finds its lists of words by the context loader.
    Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    List<String> seen = new ArrayList<>();
    Logger root = Logger.getLogger("");
    Handler handler = new Warnings(seen);
    root.addHandler(handler);
    // A database in memory ends with its last connection.
    try (Connection held = Objects.requireNonNull(new BtrdbDriver().connect(url, null));
        Statement statement = held.createStatement()) {
      statement.execute("CREATE TABLE crawled.s (time TIMESTAMP(9), value DOUBLE)");
      statement.execute(
          "CREATE TABLE \"crawled/deep\".\"odd name\" (time TIMESTAMP(9), value DOUBLE)");
      report(crawl(url, held), seen);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      root.removeHandler(handler);
    }
    return seen;
  }

  private static Catalog crawl(String url, Connection held) throws SQLException {
    BtrdbDataSource source = new BtrdbDataSource();
    source.setUrl(url);
    return new SchemaCrawler(
            DatabaseConnectionSources.fromDataSource(source),
            SchemaRetrievalOptionsBuilder.builder().fromConnnection(held).toOptions(),
            SchemaCrawlerOptionsBuilder.newSchemaCrawlerOptions()
                .withLoadOptions(
                    LoadOptionsBuilder.builder()
                        .withSchemaInfoLevel(SchemaInfoLevelBuilder.maximum())
                        .toOptions()))
        .crawl();
  }

  private static void report(Catalog catalog, List<String> seen) {
    seen.add(catalog.getDatabaseInfo().getDatabaseProductName());
    seen.add(catalog.getJdbcDriverInfo().getDriverClassName());
    for (Schema schema : catalog.getSchemas()) {
      if (!schema.getName().startsWith("crawled")) {
        continue;
      }
      for (Table table : catalog.getTables(schema)) {
        seen.add(schema.getName() + " " + table.getName() + " " + table.getTableType());
        for (Column column : table.getColumns()) {
          seen.add(
              "  "
                  + column.getName()
                  + " "
                  + column.getColumnDataType().getName()
                  + " "
                  + column.getSize()
                  + " "
                  + column.getDecimalDigits()
                  + (column.isNullable() ? "" : " NOT NULL")
                  + (column.isPartOfPrimaryKey() ? " KEY" : ""));
        }
      }
    }
  }

  /** Keeps what is a warning or worse. */
  private static final class Warnings extends Handler {
    private final List<String> seen;

    Warnings(List<String> seen) {
      this.seen = seen;
      setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord message) {
      if (isLoggable(message)) {
        seen.add(
            message.getLoggerName() + ": " + message.getMessage() + ": " + message.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
