package org.btrdb.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of BTrDB, for {@code jdbc:btrdb://host:port}, {@code jdbc:btrdb:file:DIR} and
 * {@code jdbc:btrdb:mem:NAME}; {@link BtrdbUrl} has the grammar.
 *
 * <p>DriverManager finds it through {@code META-INF/services}; {@code Class.forName} works too.
 */
public final class BtrdbDriver extends UnregisteredDriver {

  static {
    registerOnce();
  }

  /** A driver; opens nothing. */
  public BtrdbDriver() {}

  private static void registerOnce() {
    try {
      DriverManager.registerDriver(new BtrdbDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && BtrdbUrl.isOurs(url);
  }

  /** Null for the URL of another driver. */
  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    if (url == null || !BtrdbUrl.isOurs(url)) {
      return null;
    }
    return open(BtrdbUrl.parse(url, info == null ? new Properties() : info));
  }

  BtrdbConnection open(BtrdbUrl url) throws SQLException {
    return BtrdbConnection.open(this, factory, url);
  }

  /** What a form needs: every property, filled from the URL as far as that makes sense. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) {
    Map<BtrdbProperty, String> given = givenIn(url, info == null ? new Properties() : info);
    return Arrays.stream(BtrdbProperty.values())
        .map(property -> describe(property, given.get(property)))
        .toArray(DriverPropertyInfo[]::new);
  }

  private static DriverPropertyInfo describe(BtrdbProperty property, @Nullable String given) {
    DriverPropertyInfo info =
        new DriverPropertyInfo(property.key(), given == null ? property.defaultValue() : given);
    info.description = property.description();
    info.required = false;
    info.choices = property.choices().isEmpty() ? null : property.choices().toArray(String[]::new);
    return info;
  }

  private static Map<BtrdbProperty, String> givenIn(@Nullable String url, Properties properties) {
    try {
      return url == null || !BtrdbUrl.isOurs(url)
          ? Map.of()
          : BtrdbUrl.parse(url, properties).settings();
    } catch (SQLException e) {
      return Map.of(); // a URL still being typed: the form shows the defaults
    }
  }

  @Override
  public boolean jdbcCompliant() {
    return false; // read-mostly, without SQL-92 entry level DDL and transactions
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.btrdb");
  }

  @Override
  protected AvaticaFactory createFactory() {
    return new BtrdbFactory();
  }

  @Override
  protected DriverVersion createDriverVersion() {
    return Product.VERSION;
  }

  @Override
  protected String getConnectStringPrefix() {
    return BtrdbUrl.PREFIX;
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return BtrdbMeta.create();
  }
}
