package org.btrdb.jdbc;

import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.btrdb.client.Btrdb;
import org.btrdb.client.model.MergePolicy;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.sql.SessionOptions;
import org.btrdb.sql.SqlSession;
import org.jspecify.annotations.Nullable;

/**
 * The driver for {@code jdbc:btrdb://host:port}, {@code jdbc:btrdb:file:DIR} and {@code
 * jdbc:btrdb:mem:NAME}; the last two need the embedded engine on the class path.
 */
public final class BtrdbDriver extends UnregisteredDriver {
  /** The version of the driver; its first two numbers are the JDBC ones. */
  static final String VERSION = "0.1.0";

  static {
    new BtrdbDriver().register();
  }

  /** For {@link java.util.ServiceLoader} and tools. */
  public BtrdbDriver() {}

  @Override
  protected String getConnectStringPrefix() {
    return BtrdbUrl.PREFIX;
  }

  @Override
  protected String getFactoryClassName(JdbcVersion jdbcVersion) {
    return BtrdbFactory.class.getName();
  }

  @Override
  protected DriverVersion createDriverVersion() {
    return new DriverVersion("BTrDB JDBC driver", VERSION, "BTrDB", "5", true, 0, 1, 5, 0);
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return new BtrdbMeta(connection);
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (!acceptsURL(url)) {
      return null;
    }
    BtrdbUrl parsed = BtrdbUrl.parse(url, info == null ? new Properties() : info);
    MergePolicy policy =
        MergePolicy.valueOf(
            parsed.get(BtrdbProperty.MERGE_POLICY).toUpperCase(java.util.Locale.ROOT));
    try {
      Btrdb btrdb = BtrdbConnector.open(parsed.scheme(), parsed.target(), parsed.options());
      SqlSession session = SqlSession.over(btrdb, new SessionOptions(policy));
      return new BtrdbConnection(this, (BtrdbFactory) factory, parsed, btrdb, session);
    } catch (RuntimeException e) {
      throw SqlErrors.of(e);
    }
  }

  @Override
  public boolean acceptsURL(@Nullable String url) {
    return url != null && url.startsWith(BtrdbUrl.PREFIX);
  }

  /** Never fails, for tools show it as a form while a URL is half written. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) {
    List<DriverPropertyInfo> form = new ArrayList<>();
    for (BtrdbProperty property : BtrdbProperty.values()) {
      String given = info == null ? null : info.getProperty(property.key());
      DriverPropertyInfo entry =
          new DriverPropertyInfo(property.key(), given == null ? property.defaultValue() : given);
      entry.description = property.description();
      entry.choices =
          property.choices().isEmpty() ? null : property.choices().toArray(String[]::new);
      form.add(entry);
    }
    return form.toArray(DriverPropertyInfo[]::new);
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("org.btrdb");
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }
}
