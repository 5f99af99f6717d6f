package org.btrdb.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.btrdb.client.error.ErrorCode;

/**
 * A connection URL, parsed.
 *
 * <pre>
 * jdbc:btrdb://host[:port][,host[:port]][/schema][?key=value&amp;…]
 * jdbc:btrdb:file:DIR[?key=value&amp;…]
 * jdbc:btrdb:mem:NAME[?key=value&amp;…]
 * </pre>
 *
 * Directory, name, schema and values are percent-decoded.
 *
 * @param scheme grpc, file or mem
 * @param target hosts, directory or name
 * @param properties by key, from the URL and the Properties together
 */
record BtrdbUrl(String scheme, String target, Map<BtrdbProperty, String> properties) {
  static final String PREFIX = "jdbc:btrdb:";

  private static final String EXAMPLES =
      "write jdbc:btrdb://host:4410, jdbc:btrdb:file:DIR or jdbc:btrdb:mem:NAME";

  /** Parses a URL; a key given twice with different values is an error. */
  static BtrdbUrl parse(String url, Properties info) throws SQLException {
    String rest = url.substring(PREFIX.length());
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    Map<BtrdbProperty, String> properties = new LinkedHashMap<>();
    if (question >= 0) {
      for (String pair : rest.substring(question + 1).split("&", -1)) {
        putPair(properties, pair);
      }
    }
    for (String key : info.stringPropertyNames()) {
      put(properties, key, info.getProperty(key));
    }
    if (place.startsWith("//")) {
      return server(place.substring(2), properties);
    }
    int colon = place.indexOf(':');
    String scheme = colon < 0 ? "" : place.substring(0, colon);
    String target = decoded(place.substring(colon + 1));
    if ((!scheme.equals("file") && !scheme.equals("mem")) || target.isBlank()) {
      throw invalid("not a BTrDB URL: '" + PREFIX + place + "'; " + EXAMPLES);
    }
    return new BtrdbUrl(scheme, target, properties);
  }

  private static BtrdbUrl server(String place, Map<BtrdbProperty, String> properties)
      throws SQLException {
    int slash = place.indexOf('/');
    String hosts = slash < 0 ? place : place.substring(0, slash);
    if (hosts.isBlank()) {
      throw invalid("no host in '" + PREFIX + "//" + place + "'; " + EXAMPLES);
    }
    if (slash >= 0 && slash + 1 < place.length()) {
      put(properties, BtrdbProperty.SCHEMA.key(), decoded(place.substring(slash + 1)));
    }
    return new BtrdbUrl("grpc", hosts, properties);
  }

  private static void putPair(Map<BtrdbProperty, String> properties, String pair)
      throws SQLException {
    if (pair.isEmpty()) {
      return;
    }
    int equals = pair.indexOf('=');
    if (equals < 0) {
      throw invalid("'" + pair + "' in the URL is no key=value");
    }
    put(properties, decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
  }

  private static void put(Map<BtrdbProperty, String> properties, String key, String value)
      throws SQLException {
    BtrdbProperty property =
        BtrdbProperty.of(key)
            .orElseThrow(
                () ->
                    invalid(
                        "unknown connection property '"
                            + key
                            + "'; did you mean '"
                            + BtrdbProperty.nearest(key).key()
                            + "'?"));
    if (!property.choices().isEmpty() && !property.choices().contains(value)) {
      throw invalid(
          "connection property "
              + key
              + " must be one of "
              + property.choices()
              + ", not '"
              + value
              + "'");
    }
    String before = properties.put(property, value);
    if (before != null && !before.equals(value)) {
      throw invalid("connection property " + key + " is given twice with different values");
    }
  }

  private static String decoded(String text) throws SQLException {
    try {
      // URLDecoder reads + as a space, which it is in forms but not in URLs.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("'" + text + "' in the URL is not percent-encoded: " + e.getMessage());
    }
  }

  static SQLException invalid(String message) {
    return SqlErrors.of(ErrorCode.INVALID_URL.sqlState(), message, null);
  }

  /** A property's value or its default. */
  String get(BtrdbProperty property) {
    return properties.getOrDefault(property, property.defaultValue());
  }

  /** What the core opens the connection with. */
  Map<String, String> options() throws SQLException {
    Map<String, String> options = new LinkedHashMap<>();
    String key = get(BtrdbProperty.API_KEY);
    options.put("apiKey", key.isEmpty() ? get(BtrdbProperty.PASSWORD) : key);
    options.put("create", get(BtrdbProperty.CREATE));
    options.put("connectTimeout", String.valueOf(millis(BtrdbProperty.CONNECT_TIMEOUT)));
    return options;
  }

  private long millis(BtrdbProperty property) throws SQLException {
    try {
      long millis = Long.parseLong(get(property));
      if (millis > 0) {
        return millis;
      }
    } catch (NumberFormatException e) {
      throw invalid(
          "connection property "
              + property.key()
              + " must be a number of milliseconds, not '"
              + get(property)
              + "'");
    }
    throw invalid("connection property " + property.key() + " must be more than 0");
  }

  /** The URL as it may be shown: no property, so no secret. */
  String shown() {
    return PREFIX + (scheme.equals("grpc") ? "//" : scheme + ":") + target;
  }
}
