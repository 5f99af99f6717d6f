package org.btrdb.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a connection, in the URL or in Properties: the one list that the URL parser,
 * getPropertyInfo and the documentation use.
 */
enum BtrdbProperty {
  USER("user", Type.TEXT, "", "Accepted for tools that insist; BTrDB has no user names."),
  PASSWORD("password", Type.SECRET, "", "The API key, for tools that keep secrets as a password."),
  API_KEY("apiKey", Type.SECRET, "", "The API key sent to the server."),
  PROFILE(
      "profile",
      Type.TEXT,
      "",
      "Profile of ~/.predictivegrid/credentials.yaml that says where to connect and with which API"
          + " key, instead of endpoints in the URL."),
  TLS(
      "tls",
      Type.CHOICE,
      "",
      "Whether to speak TLS; if unset, with port 4411 and no other.",
      "true",
      "false"),
  CA_BUNDLE(
      "caBundle",
      Type.TEXT,
      "",
      "PEM file of the CAs that may vouch for the server; if unset, BTRDB_CA_BUNDLE, else those"
          + " the Java runtime trusts."),
  CLIENT_CERTIFICATE(
      "clientCertificate",
      Type.TEXT,
      "",
      "PEM file of the certificate to show to a server that wants one; needs clientKey."),
  CLIENT_KEY(
      "clientKey",
      Type.TEXT,
      "",
      "PEM file of the private key of clientCertificate (PKCS#8, not encrypted)."),
  AUTHORITY(
      "authority",
      Type.TEXT,
      "",
      "Name that the server's certificate must have, if not the host in the URL."),
  SCHEMA("schema", Type.TEXT, "", "Collection in which one-part table names are looked up."),
  CONNECT_TIMEOUT(
      "connectTimeout",
      Type.MILLIS,
      "10000",
      "Milliseconds to wait for a server when connecting; if unset, DriverManager's login timeout"
          + " counts."),
  CALL_TIMEOUT(
      "callTimeout",
      Type.MILLIS,
      "60000",
      "Milliseconds that a call with a single answer may take where no query timeout is set."),
  RETRY_TIMEOUT(
      "retryTimeout",
      Type.MILLIS_FROM_ZERO,
      "20000",
      "Milliseconds for which a call is repeated that no node takes at the moment, as for a while"
          + " after a server's restart; 0 for never. Without a connection only reads are repeated,"
          + " for at most 3000."),
  KEEP_ALIVE(
      "keepAlive",
      Type.SECONDS,
      "360",
      "Seconds after which a server that is silent during a call is pinged, 10 or more; 0 for"
          + " never. Most servers hang up on clients that ping within 300."),
  MAX_INBOUND_MESSAGE_SIZE(
      "maxInboundMessageSize",
      Type.BYTES,
      "0",
      "Bytes of the largest message taken from a server; 0 for no limit."),
  QUERY_TIMEOUT(
      "queryTimeout",
      Type.SECONDS,
      "0",
      "Seconds a statement may take by default; 0 for no limit."),
  MERGE_POLICY(
      "mergePolicy",
      Type.CHOICE,
      "never",
      "What INSERT does with a point whose time exists: keep both (never), drop it if the value is"
          + " equal too (equal), keep the old one (retain), or the new one (replace).",
      "never",
      "equal",
      "retain",
      "replace"),
  CONSISTENCY(
      "consistency",
      Type.CHOICE,
      "latest",
      "Which state of each stream a query reads: the newest (latest), the last committed version"
          + " (pinned), or that after its buffered points were committed (flush, a write). The hint"
          + " CONSISTENCY of a query comes first.",
      "latest",
      "pinned",
      "flush"),
  FULL_SCAN(
      "fullScan",
      Type.CHOICE,
      "false",
      "Whether a statement over tables of many streams may read all streams there are, or all their"
          + " points, without a LIMIT.",
      "true",
      "false"),
  LITERAL_UNDERSCORE(
      "literalUnderscore",
      Type.CHOICE,
      "false",
      "Whether _ in the name patterns of metadata calls is only itself, for tools that do not"
          + " escape names: else stream_0 means streamX0 too.",
      "true",
      "false"),
  MAX_HELD_BYTES(
      "maxHeldBytes",
      Type.MEMORY,
      "0",
      "Bytes, by estimate, of the rows that one statement may hold at once to sort, group or join"
          + " them; beyond it the statement is refused. 0 for a quarter of the largest heap."),
  NAME_LIFETIME(
      "nameLifetime",
      Type.SECONDS,
      "30",
      "Seconds for which it is remembered what a table name stands for, and so until changes by"
          + " others are noticed; 0 for not at all. Metadata calls never remember, and listing"
          + " schemas or tables forgets."),
  MAX_PLANS(
      "maxPlans",
      Type.NUMBER,
      "256",
      "Plans of statements that are kept for when they come again with other values; 0 for none."),
  WARM_UP(
      "warmUp",
      Type.CHOICE,
      "true",
      "Whether the first connection of the process loads the SQL planner on a daemon thread, so that"
          + " the first statement need not; false where only metadata is asked for.",
      "true",
      "false"),
  WIDE_SCHEMA(
      "wideSchema",
      Type.TEXT,
      "wide",
      "Schema of the tables that show a collection's streams side by side. A collection of this"
          + " name is hidden behind it, so choose another if there is one; likewise below."),
  TALL_SCHEMA(
      "tallSchema",
      Type.TEXT,
      "tall",
      "Schema of the tables that show a collection's streams one below the other."),
  UUID_SCHEMA("uuidSchema", Type.TEXT, "uuid", "Schema of all streams by their uuids."),
  SYSTEM_SCHEMA(
      "systemSchema",
      Type.TEXT,
      "btrdb",
      "Schema of the tables about streams, the server and the session."),
  CREATE(
      "create",
      Type.CHOICE,
      "true",
      "Whether jdbc:btrdb:file: makes a directory that does not exist.",
      "true",
      "false"),
  APPLICATION_NAME(
      "ApplicationName", Type.TEXT, "", "Name of the calling program, kept as client info.");

  /** How a value is checked and shown. */
  enum Type {
    TEXT,
    SECRET,
    MILLIS,
    MILLIS_FROM_ZERO,
    SECONDS,
    BYTES,
    MEMORY,
    NUMBER,
    CHOICE
  }

  private static final int MAX_TYPOS = 3;
  private static final long MAX_MILLIS = 999_999_999; // as many digits as are taken

  private final String key;
  private final Type type;
  private final String defaultValue;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> choices;

  BtrdbProperty(String key, Type type, String defaultValue, String description, String... choices) {
    this.key = key;
    this.type = type;
    this.defaultValue = defaultValue;
    this.description = description;
    this.choices = List.of(choices);
  }

  String key() {
    return key;
  }

  String defaultValue() {
    return defaultValue;
  }

  String description() {
    return description;
  }

  List<String> choices() {
    return choices;
  }

  boolean isSecret() {
    return type == Type.SECRET;
  }

  /** Seconds as a value in milliseconds, the longest there is at most. */
  static String millis(int seconds) {
    return Long.toString(Math.min(TimeUnit.SECONDS.toMillis(seconds), MAX_MILLIS));
  }

  /** The property of a name in its exact spelling. */
  static Optional<BtrdbProperty> named(String key) {
    return Arrays.stream(values()).filter(p -> p.key.equals(key)).findFirst();
  }

  /** Whether a text names a property, however it is spelt. */
  static boolean isSpelling(String text) {
    return Arrays.stream(values()).anyMatch(property -> fold(property.key).equals(fold(text)));
  }

  /**
   * Says that a name is unknown and which known one comes nearest, or all of them.
   *
   * @param quotable whether it can be no secret; else it is quoted only if it is a known one's typo
   */
  static String unknown(String key, boolean quotable) {
    BtrdbProperty nearest = USER;
    int least = Integer.MAX_VALUE;
    for (BtrdbProperty property : values()) {
      int typos = distance(fold(key), fold(property.key));
      if (typos < least) {
        least = typos;
        nearest = property;
      }
    }
    boolean isTypo = least <= MAX_TYPOS && least < fold(key).length();
    return (quotable || isTypo
            ? "unknown property '" + key + "'; "
            : "unknown property, which may be a part of a value: write %26 for '&' in it; ")
        + (isTypo
            ? "did you mean '" + nearest.key + "'?"
            : "known are " + String.join(", ", Arrays.stream(values()).map(p -> p.key).toList()));
  }

  /** What is wrong with a value, null if nothing; never quotes a secret. */
  @Nullable String objection(String value) {
    String quoted = StrayOptions.quotable(value);
    return switch (type) {
      case TEXT, SECRET -> null;
      case MILLIS ->
          value.matches("0*[1-9]\\d{0,8}")
              ? null
              : key + " '" + quoted + "' is no number of milliseconds from 1";
      case MILLIS_FROM_ZERO ->
          value.matches("\\d{1,9}") ? null : key + " '" + quoted + "' is no number of milliseconds";
      case SECONDS ->
          value.matches("\\d{1,9}") ? null : key + " '" + quoted + "' is no number of seconds";
      case BYTES ->
          value.matches("\\d{1,9}") ? null : key + " '" + quoted + "' is no number of bytes";
      case MEMORY ->
          value.matches("\\d{1,15}") ? null : key + " '" + quoted + "' is no number of bytes";
      case NUMBER ->
          value.matches("\\d{1,9}") ? null : key + " '" + quoted + "' is no whole number from 0";
      case CHOICE ->
          // A tool may hand back what getPropertyInfo showed it.
          choices.contains(value) || value.equals(defaultValue)
              ? null
              : key + " '" + quoted + "' is none of " + String.join(", ", choices);
    };
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[_.-]", "");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
