package org.btrdb.embedded.streamsql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a statement as it is written, with the index of its first character. */
sealed interface Syntax {

  int at();

  /** {@code name} or {@code table.name}. */
  record Name(int at, @Nullable String table, String name) implements Syntax {}

  /** A literal in quotes. */
  record Text(int at, String value) implements Syntax {}

  /** A number without sign. */
  record Digits(int at, String digits) implements Syntax {}

  /** {@code TRUE}, {@code FALSE}, or {@code NULL}. */
  record Word(int at, @Nullable Boolean value) implements Syntax {}

  /** {@code $n}. */
  record Parameter(int at, String number) implements Syntax {}

  /** {@code NOT x}. */
  record Not(int at, Syntax argument) implements Syntax {}

  /** {@code -x}. */
  record Minus(int at, Syntax argument) implements Syntax {}

  /** Operands that AND or OR joins. */
  record Joined(int at, boolean isAnd, List<Syntax> arguments) implements Syntax {}

  /** Two operands and an operator between. */
  record Binary(int at, String operator, Syntax left, Syntax right) implements Syntax {}

  /** {@code x::type} or {@code CAST(x AS type)}. */
  record Cast(int at, Syntax argument, String type) implements Syntax {}

  /** A call; a star is its only argument. */
  record Call(int at, String name, boolean distinct, boolean star, List<Syntax> arguments)
      implements Syntax {}

  /** {@code x IN (…)}. */
  record In(int at, Syntax argument, List<Syntax> list) implements Syntax {}

  /** {@code x BETWEEN low AND high}. */
  record Between(int at, Syntax argument, Syntax low, Syntax high) implements Syntax {}

  /** {@code LIKE}, {@code ILIKE} or {@code SIMILAR TO}. */
  record Like(int at, Kind kind, Syntax argument, Syntax pattern, @Nullable Syntax escape)
      implements Syntax {
    enum Kind {
      LIKE,
      ILIKE,
      SIMILAR
    }
  }

  /** {@code x IS NULL}. */
  record IsNull(int at, Syntax argument) implements Syntax {}

  /** {@code x IS TRUE}, {@code FALSE} or, if null, {@code UNKNOWN}. */
  record IsTruth(int at, Syntax argument, @Nullable Boolean value) implements Syntax {}

  /** {@code x IS DISTINCT FROM y}. */
  record IsDistinct(int at, Syntax left, Syntax right) implements Syntax {}

  /**
   * One item of the select list.
   *
   * @param value null for a star
   * @param alias the name given to it
   */
  record Item(int at, @Nullable Syntax value, @Nullable String alias) {}

  /** One sort key. */
  record Sort(Syntax value, boolean descending, boolean nullsFirst) {}

  /** A whole statement. */
  record Select(
      boolean distinct,
      List<Item> items,
      String table,
      @Nullable Syntax where,
      List<Syntax> groupBy,
      @Nullable Syntax having,
      List<Sort> orderBy,
      @Nullable Syntax limit,
      @Nullable Syntax offset) {}
}
