package org.btrdb.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client did, in order: read from a recording of calls that it made of another database, or
 * from our golden file of the same calls made of us.
 */
final class Recording {
  private static final int SHOWN_CHARS = 60;
  private static final Pattern ANSWER = Pattern.compile("(.*?\\))(?: -> (.*)| !! (.*))?");
  private static final Pattern DIFFERENCE = Pattern.compile("(.*) \\[recorded (.*)]");
  private static final Pattern CONNECT = Pattern.compile("=== connect .*?(\\{[^{]*})");
  private static final Pattern PROPERTY_INFO = Pattern.compile("(Driver\\.\\w+)\\(.*,\\{}\\)");
  private static final Pattern EXECUTOR = Pattern.compile("[\\w.]+Executor@\\w+\\[.*]");
  private static final Pattern CALENDAR =
      Pattern.compile("[\\w.]+Calendar\\[.*?id=\"([^\"]+)\"[^)]*\\.\\.\\.");

  /** Something a client did. */
  sealed interface Event {}

  /** A connection, with the properties that were given besides the URL. */
  record Connect(String properties) implements Event {
    @Override
    public String toString() {
      return "=== connect " + properties;
    }
  }

  /**
   * A call.
   *
   * @param answer what was recorded, in the form of {@link Answers}; empty for nothing, and for
   *     objects of java.sql
   * @param failure what the recorded failure says; null if there was none
   */
  record Made(TracedCall call, String answer, @Nullable String failure) implements Event {}

  /** A call that cannot be made again, and why. */
  record Skipped(String call, String reason) implements Event {
    @Override
    public String toString() {
      return "- " + call + ": " + reason;
    }
  }

  private Recording() {}

  /** The events of a recording, in our words. */
  static List<Event> of(String client, Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    String skipping = "";
    for (String line : Files.readAllLines(file)) {
      Matcher connect = CONNECT.matcher(line);
      if (connect.matches()) {
        events.add(new Connect(connect.group(1)));
        continue;
      }
      Matcher matcher = ANSWER.matcher(normal(line));
      TracedCall call = matcher.matches() ? TracedCall.parse(matcher.group(1)) : null;
      if (call == null) {
        continue; // the rest of a message above
      }
      if (call.type().equals("Connection") || call.type().equals("DatabaseMetaData")) {
        skipping = "";
      }
      Optional<String> reason =
          skipping.isEmpty() ? Translation.whyNot(call, matcher.group(2)) : Optional.of(skipping);
      if (reason.isPresent()) {
        events.add(new Skipped(shortened(call.toString()), reason.get()));
        skipping =
            call.method().equals("prepareStatement") ? Translation.OF_NO_STATEMENT : skipping;
      } else {
        TracedCall ours = Translation.ours(client, call);
        events.add(
            new Made(
                ours,
                recorded(ours, matcher.group(2), matcher.group(3)),
                failure(matcher.group(3))));
      }
      if (call.is("Statement", "close")) {
        skipping = "";
      }
    }
    return events;
  }

  /** Without what differs from run to run. */
  private static String normal(String line) {
    String plain = PROPERTY_INFO.matcher(line).replaceFirst("$1(url, {})");
    plain = EXECUTOR.matcher(plain).replaceFirst("executor");
    return CALENDAR.matcher(plain).replaceFirst("calendar $1");
  }

  /** Nulls and nothing are recorded alike. */
  private static String recorded(TracedCall call, @Nullable String answer, @Nullable String error) {
    if (error != null || !Answers.isValue(call)) {
      return "";
    }
    return shortened(answer == null ? "null" : answer);
  }

  private static @Nullable String failure(@Nullable String error) {
    return error == null ? null : shortened(error.replaceAll("; SQL statement:.*", ""));
  }

  static String shortened(String text) {
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
  }

  /** The events of a golden file: its lines, without answers of ours. */
  static List<Event> ofGolden(List<String> lines) {
    List<Event> events = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("=== connect ")) {
        events.add(new Connect(line.substring("=== connect ".length())));
      } else if (line.startsWith("- ")) {
        int end = line.lastIndexOf(": ");
        events.add(new Skipped(line.substring(2, end), line.substring(end + 2)));
      } else if (!line.startsWith(" ") && !line.startsWith("+ ")) {
        events.add(golden(line));
      }
    }
    return events;
  }

  private static Event golden(String line) {
    Matcher difference = DIFFERENCE.matcher(line);
    boolean differs = difference.matches();
    Matcher matcher = ANSWER.matcher(differs ? difference.group(1) : line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(line);
    }
    TracedCall call = Objects.requireNonNull(TracedCall.parse(matcher.group(1)), line);
    boolean failed = differs && difference.group(2).startsWith("failure: ");
    String answer = "";
    if (!failed && Answers.isValue(call)) {
      answer = differs ? difference.group(2) : shortened(Objects.requireNonNull(matcher.group(2)));
    }
    return new Made(
        call, answer, failed ? difference.group(2).substring("failure: ".length()) : null);
  }
}
