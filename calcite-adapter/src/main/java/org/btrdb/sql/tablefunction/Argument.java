package org.btrdb.sql.tablefunction;

/**
 * An argument of a table function.
 *
 * @param name as it is written before {@code =>}
 * @param kind what it may be
 * @param isOptional whether it may be left out; a number is 0 then, a flag false and a text empty
 */
public record Argument(String name, Kind kind, boolean isOptional) {

  /** What an argument may be. */
  public enum Kind {
    /** One stream: a uuid, or text that is a uuid or {@code collection/name}. */
    STREAM("a uuid or text"),
    /** Several streams: an array of literals. */
    STREAMS("an array of text literals"),
    /** A timestamp, a date, text, or whole nanoseconds since the epoch. */
    TIME("a timestamp, text or whole nanoseconds"),
    /** An interval, text such as {@code 5ms}, or whole nanoseconds. */
    DURATION("an interval, text such as '5ms' or whole nanoseconds"),
    /** A whole number. */
    NUMBER("a whole number"),
    /** True or false. */
    FLAG("true or false"),
    /** Words. */
    TEXT("text");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    /** How messages name it. */
    public String description() {
      return description;
    }
  }

  static Argument required(String name, Kind kind) {
    return new Argument(name, kind, false);
  }

  static Argument optional(String name, Kind kind) {
    return new Argument(name, kind, true);
  }

  @Override
  public String toString() {
    return isOptional ? "[" + name + "]" : name;
  }
}
