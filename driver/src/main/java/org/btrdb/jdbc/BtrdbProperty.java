package org.btrdb.jdbc;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every connection property: the URL parser, getPropertyInfo and the documentation derive from it.
 */
public enum BtrdbProperty {
  /** User name; BTrDB knows none, tools send one. */
  USER("user", "", false, "Accepted for tools that insist; BTrDB has no user names."),
  /** API key in the place where tools keep secrets. */
  PASSWORD("password", "", true, "The API key, for tools that keep secrets as a password."),
  /** API key. */
  API_KEY("apiKey", "", true, "The API key, sent as 'authorization: Bearer'."),
  /** Default schema. */
  SCHEMA("schema", "", false, "The collection in which one-part table names are looked up."),
  /** Milliseconds to wait at connect. */
  CONNECT_TIMEOUT("connectTimeout", "10000", false, "Milliseconds to wait for a server to answer."),
  /** What INSERT does with a point whose time exists. */
  MERGE_POLICY(
      "mergePolicy",
      "never",
      false,
      "What INSERT does with a point whose time exists already: never (keep both), equal (drop if"
          + " equal), retain (keep the old one), replace (keep the new one).",
      "never,equal,retain,replace"),
  /** Whether a missing directory is made. */
  CREATE("create", "true", false, "file: only: make a directory that is missing.", "true,false"),
  /** Name of the program. */
  APPLICATION_NAME("ApplicationName", "", false, "The name of the program that connects.");

  private final String key;
  private final String defaultValue;
  private final boolean secret;
  private final String description;
  private final String choices;

  BtrdbProperty(String key, String defaultValue, boolean secret, String description) {
    this(key, defaultValue, secret, description, "");
  }

  BtrdbProperty(
      String key, String defaultValue, boolean secret, String description, String choices) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.secret = secret;
    this.description = description;
    this.choices = choices;
  }

  /** The name in URLs and Properties. */
  public String key() {
    return key;
  }

  /** The value if none is given. */
  public String defaultValue() {
    return defaultValue;
  }

  /** Whether the value must never be shown. */
  public boolean isSecret() {
    return secret;
  }

  /** What it does. */
  public String description() {
    return description;
  }

  /** The values allowed; empty for any. */
  public List<String> choices() {
    return choices.isEmpty() ? List.of() : List.of(choices.split(",", -1));
  }

  /** The property of a name. */
  static Optional<BtrdbProperty> of(String key) {
    return Arrays.stream(values()).filter(p -> p.key.equals(key)).findFirst();
  }

  /** The property whose name is most like a misspelt one. */
  static BtrdbProperty nearest(String key) {
    return Arrays.stream(values())
        .min(java.util.Comparator.comparingInt(p -> distance(p.key, key)))
        .orElseThrow();
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int best = Math.min(diagonal + (same ? 0 : 1), Math.min(row[j], row[j - 1]) + 1);
        diagonal = row[j];
        row[j] = best;
      }
    }
    return row[b.length()];
  }
}
