package org.btrdb.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection URL and the properties that came with it, taken apart.
 *
 * <pre>
 * jdbc:btrdb://[host[:port][,host[:port]…]][/schema][?name=value&amp;…]
 * jdbc:btrdb:[?name=value&amp;…]
 * jdbc:btrdb:file:DIR[?name=value&amp;…]
 * jdbc:btrdb:mem:NAME[?name=value&amp;…]
 * </pre>
 *
 * Schema, directory, name and values are percent-encoded UTF-8 where they hold {@code %}, {@code ?}
 * or {@code &}; a {@code +} is a plus. What the URL says wins over Properties. A URL without a host
 * leads where the property {@code profile}, the environment or the default profile says.
 *
 * @param scheme {@code grpc}, {@code file} or {@code mem}
 * @param target endpoints as the URL names them or nothing, directory, or name
 * @param settings what was given, in the URL or in Properties; never printed
 */
record BtrdbUrl(String scheme, String target, Map<BtrdbProperty, String> settings) {

  static final String PREFIX = "jdbc:btrdb:";

  private static final int MAX_PORT = 65535;
  private static final Pattern ENDPOINT =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\[\\]:,/@;&#=\\s]+)(?::(\\d{1,5}))?");
  private static final String MISPLACED = "options follow a '?' and are separated by '&'";
  private static final String EXAMPLES =
      "expected jdbc:btrdb://host:4410/schema, jdbc:btrdb:file:DIR or jdbc:btrdb:mem:NAME";

  BtrdbUrl {
    settings = Map.copyOf(settings);
  }

  /** Whether a URL is ours to answer, right or wrong. */
  static boolean isOurs(String url) {
    return url.startsWith(PREFIX);
  }

  /** Takes a URL apart and adds what Properties say and the URL does not. */
  static BtrdbUrl parse(String url, Properties properties) throws SQLException {
    String rest = url.substring(PREFIX.length());
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    if (StrayOptions.inPlace(place)) {
      throw refused(MISPLACED + "; write %3B, %26 or %23 for ';', '&' or '#' in a name");
    }
    Map<BtrdbProperty, String> settings = new EnumMap<>(BtrdbProperty.class);
    if (question >= 0) {
      readQuery(rest.substring(question + 1), settings);
    }
    String scheme = "grpc";
    String target;
    if (place.isEmpty()) {
      target = "";
    } else if (place.startsWith("//")) {
      target = readServer(place.substring(2), settings);
    } else if (place.startsWith("file:") || place.startsWith("mem:")) {
      int colon = place.indexOf(':');
      scheme = place.substring(0, colon);
      target = decode(place.substring(colon + 1), scheme + ":");
      if (target.isBlank()) {
        throw refused(scheme + ": needs a " + (scheme.equals("file") ? "directory" : "name"));
      }
    } else {
      throw refused("'" + PREFIX + StrayOptions.quotable(place) + "' is no BTrDB URL");
    }
    addProperties(properties, settings);
    if (!target.isEmpty()
        && scheme.equals("grpc")
        && !settings.getOrDefault(BtrdbProperty.PROFILE, "").isBlank()) {
      throw refused(
          "endpoints '"
              + target
              + "' and profile '"
              + settings.get(BtrdbProperty.PROFILE)
              + "' are both given; leave one");
    }
    return new BtrdbUrl(scheme, target, settings);
  }

  /** This with the user and the key of a call, which win over those of URL and Properties. */
  BtrdbUrl withCredentials(@Nullable String user, @Nullable String password) {
    Map<BtrdbProperty, String> changed = new EnumMap<>(BtrdbProperty.class);
    changed.putAll(settings);
    if (user != null && !user.isEmpty()) {
      changed.put(BtrdbProperty.USER, user);
    }
    if (password != null && !password.isEmpty()) {
      changed.remove(BtrdbProperty.API_KEY);
      changed.put(BtrdbProperty.PASSWORD, password);
    }
    return new BtrdbUrl(scheme, target, changed);
  }

  /** The value of a property, or its default. */
  String get(BtrdbProperty property) {
    return settings.getOrDefault(property, property.defaultValue());
  }

  /** The number a property says. */
  int number(BtrdbProperty property) {
    return Integer.parseInt(get(property));
  }

  /** Whether a property says true. */
  boolean flag(BtrdbProperty property) {
    return get(property).equals("true");
  }

  long bytes(BtrdbProperty property) {
    return Long.parseLong(get(property));
  }

  /** The URL without secrets and without what Properties added: the place only. */
  String display() {
    if (scheme.equals("grpc")) {
      return target.isEmpty() ? PREFIX : PREFIX + "//" + target;
    }
    return PREFIX + scheme + ":" + target;
  }

  /** As much of a URL, right or wrong, as can be no secret: without its options. */
  static String display(String url) {
    int question = url.indexOf('?');
    String place = question < 0 ? url : url.substring(0, question);
    try {
      if (isOurs(place)) {
        parse(place, new Properties());
        return place;
      }
    } catch (SQLException e) {
      // wrong, so what stands where is not known
    }
    return StrayOptions.quotable(place);
  }

  /** Settings by name for the provider that opens the target. */
  Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    settings.forEach((property, value) -> options.put(property.key(), value));
    if (get(BtrdbProperty.API_KEY).isBlank() && !get(BtrdbProperty.PASSWORD).isEmpty()) {
      options.put(BtrdbProperty.API_KEY.key(), get(BtrdbProperty.PASSWORD));
    }
    return options;
  }

  /** Without the values of secrets. */
  @Override
  public String toString() {
    return display();
  }

  private static String readServer(String text, Map<BtrdbProperty, String> settings)
      throws SQLException {
    int slash = text.indexOf('/');
    String hosts = slash < 0 ? text : text.substring(0, slash);
    String schema = slash < 0 ? "" : decode(text.substring(slash + 1), "schema");
    if (!schema.isEmpty()) {
      put(settings, BtrdbProperty.SCHEMA, schema);
    }
    if (text.contains("@")) {
      throw refused(
          "user and password before '@' are not taken, write ?user=…&password=…; %40 is an '@'");
    }
    if (hosts.isEmpty()) {
      return "";
    }
    for (String endpoint : hosts.split(",", -1)) {
      Matcher matcher = ENDPOINT.matcher(endpoint);
      if (!matcher.matches()) {
        throw refused("'" + StrayOptions.quotable(endpoint) + "' is no host:port");
      }
      if (matcher.group(2) != null) {
        int port = Integer.parseInt(matcher.group(2));
        if (port < 1 || port > MAX_PORT) {
          throw refused("port " + port + " of '" + endpoint + "' is not in 1 to " + MAX_PORT);
        }
      }
    }
    return hosts;
  }

  private static void readQuery(String query, Map<BtrdbProperty, String> settings)
      throws SQLException {
    for (String part : query.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 0) {
        // Not quoted: it may be the rest of a password with a bare '&'.
        throw refused("property without '=' in the URL; write %26 for '&' in a value");
      }
      String key = decode(part.substring(0, equals), "property name");
      BtrdbProperty property = BtrdbProperty.named(key).orElse(null);
      if (property == null) {
        // Quoted only if it is a typo: it may be the rest of a password with a bare '&'.
        throw refused(BtrdbProperty.unknown(key, false));
      }
      String value = part.substring(equals + 1);
      if (StrayOptions.inValue(value)) {
        throw refused(MISPLACED + "; write %3B or %23 for ';' or '#' in a value");
      }
      put(settings, property, decode(value, key));
    }
  }

  private static void put(Map<BtrdbProperty, String> settings, BtrdbProperty property, String value)
      throws SQLException {
    if (value.isEmpty()) {
      return; // counts as not given
    }
    check(property, value);
    String before = settings.put(property, value);
    if (before != null && !before.equals(value)) {
      throw refused("property '" + property.key() + "' is in the URL twice, with two values");
    }
  }

  private static void addProperties(Properties properties, Map<BtrdbProperty, String> settings)
      throws SQLException {
    for (String key : keys(properties)) {
      BtrdbProperty property =
          BtrdbProperty.named(key).orElseThrow(() -> refused(BtrdbProperty.unknown(key, true)));
      String value = text(properties, key);
      if (!value.isEmpty()) {
        check(property, value);
        settings.putIfAbsent(property, value);
      }
    }
  }

  /** Names of all properties, also of those whose values are no text, and of the defaults. */
  private static List<String> keys(Properties properties) throws SQLException {
    for (Object key : properties.keySet()) {
      if (!(key instanceof String)) {
        throw refused(
            "a property's name is of type " + key.getClass().getSimpleName() + ", not text");
      }
    }
    List<String> keys = new ArrayList<>();
    try {
      properties.propertyNames().asIterator().forEachRemaining(key -> keys.add((String) key));
    } catch (ClassCastException e) {
      throw refused("a property's name in the defaults of the Properties is not text");
    }
    return keys;
  }

  private static String text(Properties properties, String key) throws SQLException {
    String text = properties.getProperty(key);
    if (text != null) {
      return text;
    }
    Object value = properties.get(key);
    if (value instanceof Boolean || value instanceof Number) {
      return value.toString();
    }
    // Not quoted: it may be a secret, as in a char[].
    throw refused(
        "property '"
            + key
            + "' is "
            + (value == null ? "" : "of type " + value.getClass().getSimpleName() + ", ")
            + "not text");
  }

  private static void check(BtrdbProperty property, String value) throws SQLException {
    String objection = property.objection(value);
    if (objection != null) {
      throw refused(objection);
    }
  }

  /** Percent-decodes; every other character stands for itself. */
  private static String decode(String text, String what) throws SQLException {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.put(in[i]);
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw refused("'%' without two hexadecimal digits in " + what + "; write %25 for '%'");
      }
      out.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
    } catch (CharacterCodingException e) {
      throw refused("percent-encoding in " + what + " is no UTF-8");
    }
  }

  private static SQLException refused(String problem) {
    return SqlErrors.invalidUrl(problem + "; " + EXAMPLES);
  }
}
