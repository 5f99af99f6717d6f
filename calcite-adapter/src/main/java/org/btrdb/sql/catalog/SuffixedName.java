package org.btrdb.sql.catalog;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.btrdb.client.model.StreamDescriptor;

/**
 * A table name that tells streams of one name apart: the name, {@code #}, and digits that the uuid
 * begins with.
 *
 * @param name what stands before the last {@code #}
 * @param digits 8 to 32 hexadecimal digits
 */
record SuffixedName(String name, String digits) {
  static final int MIN_DIGITS = 8;
  static final int MAX_DIGITS = 32;

  private static final Pattern FORM =
      Pattern.compile("(.*)#([0-9a-fA-F]{" + MIN_DIGITS + "," + MAX_DIGITS + "})", Pattern.DOTALL);

  static Optional<SuffixedName> of(String table) {
    Matcher matcher = FORM.matcher(table);
    return matcher.matches()
        ? Optional.of(new SuffixedName(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  static String digits(UUID uuid) {
    return uuid.toString().replace("-", "");
  }

  /** Whether it names a stream, in any case. */
  boolean fits(StreamDescriptor stream) {
    return stream.name().equalsIgnoreCase(name)
        && digits(stream.uuid()).regionMatches(true, 0, digits, 0, digits.length());
  }

  /** The table name. */
  String text() {
    return name + "#" + digits;
  }
}
