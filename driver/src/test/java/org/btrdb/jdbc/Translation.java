package org.btrdb.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a recording says the same of another database in other words: everything else is asked of
 * us as it was recorded.
 *
 * @param client whose recording it is in; empty for all
 * @param theirs what an argument says, or a part of it
 * @param ours what it says when it is asked of us
 * @param why why it cannot stay
 */
record Translation(String client, String theirs, String ours, String why) {

  /** A table of the columns of the recordings, as a user of ours makes one for such a client. */
  private static final String FOUR_COLUMNS =
      "from (SELECT \"time\", TO_NANOS(\"time\") AS \"time_ns\", \"value\", 's0' AS \"name\""
          + " FROM \"plant/a\".\"stream_0\") AS \"stream_0\"";

  static final List<Translation> ALL =
      List.of(
          new Translation("", "\"S\"", "null", "there are no catalogs"),
          new Translation("", "\"PUBLIC\"", "\"plant/a\"", "the stream is in a collection"),
          new Translation(
              "", "S.PUBLIC.\"stream_0\"", "\"plant/a\".\"stream_0\"", "both of the above"),
          new Translation(
              "spark",
              "from \"stream_0\"",
              FOUR_COLUMNS,
              "streams have no whole numbers to partition by: a dbtable that is a query has"),
          new Translation(
              "hibernate-spring-mybatis-jdbi",
              "from \"stream_0\" where \"time_ns\"",
              FOUR_COLUMNS + " where \"time_ns\"",
              "streams have no column time_ns"));

  /** Why a call on something that was not made is not made either. */
  static final String OF_NO_STATEMENT = "on the statement that was not made";

  /** The call as it is made of us. */
  static TracedCall ours(String client, TracedCall call) {
    return call.withArguments(call.arguments().stream().map(a -> translated(client, a)).toList());
  }

  private static String translated(String client, String argument) {
    return ALL.stream()
        .filter(each -> each.client.isEmpty() || each.client.equals(client))
        .filter(each -> each.isIn(argument))
        .findFirst()
        .map(each -> each.in(argument))
        .orElse(argument);
  }

  /** A quoted text is a whole argument, anything else a part of SQL in any case. */
  private boolean isIn(String argument) {
    return theirs.startsWith("\"") ? argument.equals(theirs) : pattern().matcher(argument).find();
  }

  private String in(String argument) {
    return pattern().matcher(argument).replaceAll(Matcher.quoteReplacement(ours));
  }

  private Pattern pattern() {
    return Pattern.compile(theirs, Pattern.LITERAL | Pattern.CASE_INSENSITIVE);
  }

  /** Why a call cannot be made of us, if it cannot. */
  static Optional<String> whyNot(TracedCall call, @Nullable String answer) {
    if (call.method().equals("prepareStatement") && call.arguments().get(0).endsWith("...\"")) {
      return Optional.of("the recording cuts the text off, and it asks for H2's own tables");
    }
    return call.is("ResultSet", "wasNull") && "true".equals(answer)
        ? Optional.of("the recording leaves out which column was read")
        : Optional.empty();
  }
}
