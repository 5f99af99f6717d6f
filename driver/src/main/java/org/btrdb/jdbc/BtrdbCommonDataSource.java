package org.btrdb.jdbc;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.ShardingKeyBuilder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.CommonDataSource;
import org.jspecify.annotations.Nullable;

/**
 * The bean properties of our data sources: {@code url}, and one for each property of a connection.
 *
 * <p>Where the URL has a property too, the URL wins. Secrets can be set and not be read. Not to be
 * changed by one thread while another connects.
 */
public abstract class BtrdbCommonDataSource implements CommonDataSource {
  private final Map<BtrdbProperty, String> settings = new EnumMap<>(BtrdbProperty.class);
  private @Nullable String url = BtrdbUrl.PREFIX;
  private int loginTimeoutSeconds;
  private @Nullable PrintWriter logWriter;

  BtrdbCommonDataSource() {}

  /** Opens what the properties say; user and password win over them, unless null or empty. */
  final BtrdbConnection connect(@Nullable String user, @Nullable String password)
      throws SQLException {
    String place = url;
    if (place == null) {
      throw SqlErrors.invalidUrl("the url of the data source is null");
    }
    if (!BtrdbUrl.isOurs(place)) {
      throw SqlErrors.invalidArgument("'" + BtrdbUrl.display(place) + "' is no BTrDB URL");
    }
    Properties properties = new Properties();
    settings.forEach((property, value) -> properties.setProperty(property.key(), value));
    if (loginTimeoutSeconds > 0) {
      properties.putIfAbsent(
          BtrdbProperty.CONNECT_TIMEOUT.key(), BtrdbProperty.millis(loginTimeoutSeconds));
    }
    return new BtrdbDriver()
        .open(BtrdbUrl.parse(place, properties).withCredentials(user, password));
  }

  private String get(BtrdbProperty property) {
    return settings.getOrDefault(property, property.defaultValue());
  }

  private void set(BtrdbProperty property, @Nullable String value) {
    if (value == null) {
      settings.remove(property);
    } else {
      settings.put(property, value);
    }
  }

  /** The URL, without what it says of properties. */
  public final @Nullable String getUrl() {
    return url == null ? null : BtrdbUrl.display(url);
  }

  /**
   * {@code jdbc:btrdb:…}; {@code jdbc:btrdb:} alone leads where a profile or the environment says.
   */
  public final void setUrl(@Nullable String value) {
    url = value;
  }

  /** The same as {@link #setUrl}, the name that some pools use. */
  public final void setURL(@Nullable String value) {
    url = value;
  }

  /** See {@link #setUser}. */
  public final String getUser() {
    return get(BtrdbProperty.USER);
  }

  /** Accepted for tools that insist; BTrDB has no user names. */
  public final void setUser(@Nullable String value) {
    set(BtrdbProperty.USER, value);
  }

  /** The API key, for tools that keep secrets as a password. */
  public final void setPassword(@Nullable String value) {
    set(BtrdbProperty.PASSWORD, value);
  }

  /** The API key sent to the server. */
  public final void setApiKey(@Nullable String value) {
    set(BtrdbProperty.API_KEY, value);
  }

  /** See {@link #setProfile}. */
  public final String getProfile() {
    return get(BtrdbProperty.PROFILE);
  }

  /**
   * Profile of ~/.predictivegrid/credentials.yaml that says where to connect and with which API
   * key, instead of endpoints in the URL.
   */
  public final void setProfile(@Nullable String value) {
    set(BtrdbProperty.PROFILE, value);
  }

  /** See {@link #setTls}. */
  public final String getTls() {
    return get(BtrdbProperty.TLS);
  }

  /** Whether to speak TLS; if unset, with port 4411 and no other. */
  public final void setTls(@Nullable String value) {
    set(BtrdbProperty.TLS, value);
  }

  /** See {@link #setCaBundle}. */
  public final String getCaBundle() {
    return get(BtrdbProperty.CA_BUNDLE);
  }

  /**
   * PEM file of the CAs that may vouch for the server; if unset, BTRDB_CA_BUNDLE, else those the
   * Java runtime trusts.
   */
  public final void setCaBundle(@Nullable String value) {
    set(BtrdbProperty.CA_BUNDLE, value);
  }

  /** See {@link #setClientCertificate}. */
  public final String getClientCertificate() {
    return get(BtrdbProperty.CLIENT_CERTIFICATE);
  }

  /** PEM file of the certificate to show to a server that wants one; needs clientKey. */
  public final void setClientCertificate(@Nullable String value) {
    set(BtrdbProperty.CLIENT_CERTIFICATE, value);
  }

  /** See {@link #setClientKey}. */
  public final String getClientKey() {
    return get(BtrdbProperty.CLIENT_KEY);
  }

  /** PEM file of the private key of clientCertificate (PKCS#8, not encrypted). */
  public final void setClientKey(@Nullable String value) {
    set(BtrdbProperty.CLIENT_KEY, value);
  }

  /** See {@link #setAuthority}. */
  public final String getAuthority() {
    return get(BtrdbProperty.AUTHORITY);
  }

  /** Name that the server's certificate must have, if not the host in the URL. */
  public final void setAuthority(@Nullable String value) {
    set(BtrdbProperty.AUTHORITY, value);
  }

  /** See {@link #setSchema}. */
  public final String getSchema() {
    return get(BtrdbProperty.SCHEMA);
  }

  /** Collection in which one-part table names are looked up. */
  public final void setSchema(@Nullable String value) {
    set(BtrdbProperty.SCHEMA, value);
  }

  /** See {@link #setConnectTimeout}. */
  public final int getConnectTimeout() {
    return Integer.parseInt(get(BtrdbProperty.CONNECT_TIMEOUT));
  }

  /**
   * Milliseconds to wait for a server when connecting; if unset, DriverManager's login timeout
   * counts.
   */
  public final void setConnectTimeout(int value) {
    set(BtrdbProperty.CONNECT_TIMEOUT, Integer.toString(value));
  }

  /** See {@link #setCallTimeout}. */
  public final int getCallTimeout() {
    return Integer.parseInt(get(BtrdbProperty.CALL_TIMEOUT));
  }

  /** Milliseconds that a call with a single answer may take where no query timeout is set. */
  public final void setCallTimeout(int value) {
    set(BtrdbProperty.CALL_TIMEOUT, Integer.toString(value));
  }

  /** See {@link #setRetryTimeout}. */
  public final int getRetryTimeout() {
    return Integer.parseInt(get(BtrdbProperty.RETRY_TIMEOUT));
  }

  /**
   * Milliseconds for which a call is repeated that no node takes at the moment, as for a while
   * after a server's restart; 0 for never. Without a connection only reads are repeated, for at
   * most 3000.
   */
  public final void setRetryTimeout(int value) {
    set(BtrdbProperty.RETRY_TIMEOUT, Integer.toString(value));
  }

  /** See {@link #setKeepAlive}. */
  public final int getKeepAlive() {
    return Integer.parseInt(get(BtrdbProperty.KEEP_ALIVE));
  }

  /**
   * Seconds after which a server that is silent during a call is pinged, 10 or more; 0 for never.
   * Most servers hang up on clients that ping within 300.
   */
  public final void setKeepAlive(int value) {
    set(BtrdbProperty.KEEP_ALIVE, Integer.toString(value));
  }

  /** See {@link #setMaxInboundMessageSize}. */
  public final int getMaxInboundMessageSize() {
    return Integer.parseInt(get(BtrdbProperty.MAX_INBOUND_MESSAGE_SIZE));
  }

  /** Bytes of the largest message taken from a server; 0 for no limit. */
  public final void setMaxInboundMessageSize(int value) {
    set(BtrdbProperty.MAX_INBOUND_MESSAGE_SIZE, Integer.toString(value));
  }

  /** See {@link #setQueryTimeout}. */
  public final int getQueryTimeout() {
    return Integer.parseInt(get(BtrdbProperty.QUERY_TIMEOUT));
  }

  /** Seconds a statement may take by default; 0 for no limit. */
  public final void setQueryTimeout(int value) {
    set(BtrdbProperty.QUERY_TIMEOUT, Integer.toString(value));
  }

  /** See {@link #setMergePolicy}. */
  public final String getMergePolicy() {
    return get(BtrdbProperty.MERGE_POLICY);
  }

  /**
   * What INSERT does with a point whose time exists: keep both (never), drop it if the value is
   * equal too (equal), keep the old one (retain), or the new one (replace).
   */
  public final void setMergePolicy(@Nullable String value) {
    set(BtrdbProperty.MERGE_POLICY, value);
  }

  /** See {@link #setConsistency}. */
  public final String getConsistency() {
    return get(BtrdbProperty.CONSISTENCY);
  }

  /**
   * Which state of each stream a query reads: the newest (latest), the last committed version
   * (pinned), or that after its buffered points were committed (flush, a write). The hint
   * CONSISTENCY of a query comes first.
   */
  public final void setConsistency(@Nullable String value) {
    set(BtrdbProperty.CONSISTENCY, value);
  }

  /** See {@link #setFullScan}. */
  public final boolean isFullScan() {
    return Boolean.parseBoolean(get(BtrdbProperty.FULL_SCAN));
  }

  /**
   * Whether a statement over tables of many streams may read all streams there are, or all their
   * points, without a LIMIT.
   */
  public final void setFullScan(boolean value) {
    set(BtrdbProperty.FULL_SCAN, Boolean.toString(value));
  }

  /** See {@link #setLiteralUnderscore}. */
  public final boolean isLiteralUnderscore() {
    return Boolean.parseBoolean(get(BtrdbProperty.LITERAL_UNDERSCORE));
  }

  /**
   * Whether {@code _} in the name patterns of metadata calls is only itself, for tools that do not
   * escape names.
   */
  public final void setLiteralUnderscore(boolean value) {
    set(BtrdbProperty.LITERAL_UNDERSCORE, Boolean.toString(value));
  }

  /** See {@link #setMaxHeldBytes}. */
  public final long getMaxHeldBytes() {
    return Long.parseLong(get(BtrdbProperty.MAX_HELD_BYTES));
  }

  /**
   * Bytes, by estimate, of the rows that one statement may hold at once to sort, group or join
   * them; beyond it the statement is refused. 0 for a quarter of the largest heap.
   */
  public final void setMaxHeldBytes(long value) {
    set(BtrdbProperty.MAX_HELD_BYTES, Long.toString(value));
  }

  /** See {@link #setNameLifetime}. */
  public final int getNameLifetime() {
    return Integer.parseInt(get(BtrdbProperty.NAME_LIFETIME));
  }

  /**
   * Seconds for which it is remembered what a table name stands for, and so until changes by others
   * are noticed; 0 for not at all. Metadata calls never remember, and listing schemas or tables
   * forgets.
   */
  public final void setNameLifetime(int value) {
    set(BtrdbProperty.NAME_LIFETIME, Integer.toString(value));
  }

  /** See {@link #setMaxPlans}. */
  public final int getMaxPlans() {
    return Integer.parseInt(get(BtrdbProperty.MAX_PLANS));
  }

  /** Plans of statements that are kept for when they come again with other values; 0 for none. */
  public final void setMaxPlans(int value) {
    set(BtrdbProperty.MAX_PLANS, Integer.toString(value));
  }

  /** See {@link #setWarmUp}. */
  public final boolean isWarmUp() {
    return Boolean.parseBoolean(get(BtrdbProperty.WARM_UP));
  }

  /**
   * Whether the first connection of the process loads the SQL planner on a daemon thread, so that
   * the first statement need not; false where only metadata is asked for.
   */
  public final void setWarmUp(boolean value) {
    set(BtrdbProperty.WARM_UP, Boolean.toString(value));
  }

  /** See {@link #setWideSchema}. */
  public final String getWideSchema() {
    return get(BtrdbProperty.WIDE_SCHEMA);
  }

  /**
   * Schema of the tables that show a collection's streams side by side. A collection of this name
   * is hidden behind it, so choose another if there is one; likewise below.
   */
  public final void setWideSchema(@Nullable String value) {
    set(BtrdbProperty.WIDE_SCHEMA, value);
  }

  /** See {@link #setTallSchema}. */
  public final String getTallSchema() {
    return get(BtrdbProperty.TALL_SCHEMA);
  }

  /** Schema of the tables that show a collection's streams one below the other. */
  public final void setTallSchema(@Nullable String value) {
    set(BtrdbProperty.TALL_SCHEMA, value);
  }

  /** See {@link #setUuidSchema}. */
  public final String getUuidSchema() {
    return get(BtrdbProperty.UUID_SCHEMA);
  }

  /** Schema of all streams by their uuids. */
  public final void setUuidSchema(@Nullable String value) {
    set(BtrdbProperty.UUID_SCHEMA, value);
  }

  /** See {@link #setSystemSchema}. */
  public final String getSystemSchema() {
    return get(BtrdbProperty.SYSTEM_SCHEMA);
  }

  /** Schema of the tables about streams, the server and the session. */
  public final void setSystemSchema(@Nullable String value) {
    set(BtrdbProperty.SYSTEM_SCHEMA, value);
  }

  /** See {@link #setCreate}. */
  public final boolean isCreate() {
    return Boolean.parseBoolean(get(BtrdbProperty.CREATE));
  }

  /** Whether jdbc:btrdb:file: makes a directory that does not exist. */
  public final void setCreate(boolean value) {
    set(BtrdbProperty.CREATE, Boolean.toString(value));
  }

  /** See {@link #setApplicationName}. */
  public final String getApplicationName() {
    return get(BtrdbProperty.APPLICATION_NAME);
  }

  /** Name of the calling program, kept as client info. */
  public final void setApplicationName(@Nullable String value) {
    set(BtrdbProperty.APPLICATION_NAME, value);
  }

  @Override
  public final int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  /**
   * Seconds within which a server must answer, where connectTimeout is not set; 0 for the default.
   */
  @Override
  public final void setLoginTimeout(int seconds) throws SQLException {
    StatementChecks.notNegative("login timeout", seconds);
    loginTimeoutSeconds = seconds;
  }

  @Override
  public final @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  /** Kept and not used: the driver logs by java.util.logging. */
  @Override
  public final void setLogWriter(@Nullable PrintWriter writer) {
    logWriter = writer;
  }

  @Override
  public final Logger getParentLogger() {
    return new BtrdbDriver().getParentLogger();
  }

  @Override
  public final ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
    throw SqlErrors.unsupported("sharding");
  }

  /** The place, without properties, as those may be secrets. */
  @Override
  public final String toString() {
    return String.format(Locale.ROOT, "%s[%s]", getClass().getSimpleName(), getUrl());
  }
}
