package org.btrdb.sql.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of a statement's lifted literals. Equal ones are one value: a planner sees that {@code
 * a OR a} is {@code a}, so which of them are equal belongs to what a plan is for.
 *
 * @param distinct the values, in the order in which they come
 * @param places for each lifted literal the index of its value
 */
public record LiteralValues(List<Object> distinct, List<Integer> places) {

  /** No literals. */
  public static final LiteralValues NONE = new LiteralValues(List.of(), List.of());

  /** Copies the lists. */
  public LiteralValues {
    distinct = List.copyOf(distinct);
    places = List.copyOf(places);
  }

  /**
   * The values of those literals of a text; null if one is nothing, or if two of them are equal and
   * a planner would not see it at once.
   */
  public static @Nullable LiteralValues of(StatementText text, List<LiftedLiteral> lifted) {
    List<Object> distinct = new ArrayList<>(lifted.size());
    List<Object> identities = new ArrayList<>(lifted.size());
    List<Integer> places = new ArrayList<>(lifted.size());
    for (LiftedLiteral literal : lifted) {
      String written = text.literals().get(literal.index()).text();
      Object value = literal.form().value(written);
      if (value == null) {
        return null;
      }
      Object identity = literal.form().identity(written);
      int place = distinct.indexOf(value);
      if (place != identities.indexOf(identity)) {
        return null;
      }
      if (place < 0) {
        place = distinct.size();
        distinct.add(value);
        identities.add(identity);
      }
      places.add(place);
    }
    return new LiteralValues(distinct, places);
  }
}
