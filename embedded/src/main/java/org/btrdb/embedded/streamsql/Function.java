package org.btrdb.embedded.streamsql;

import static org.btrdb.embedded.streamsql.Type.BIGINT;
import static org.btrdb.embedded.streamsql.Type.BOOLEAN;
import static org.btrdb.embedded.streamsql.Type.HSTORE;
import static org.btrdb.embedded.streamsql.Type.TEXT;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The functions, and the operators that work as such; all give NULL for NULL but two. */
enum Function {
  LOWER(TEXT, TEXT),
  UPPER(TEXT, TEXT),
  LENGTH(BIGINT, TEXT),
  /** The part of a text, counted from 1, between separators; from the end if negative. */
  SPLIT_PART(TEXT, TEXT, TEXT, BIGINT),
  /** The first characters, or all but the last ones if negative. */
  LEFT(TEXT, TEXT, BIGINT),
  /** The last characters, or all but the first ones if negative. */
  RIGHT(TEXT, TEXT, BIGINT),
  STARTS_WITH(BOOLEAN, TEXT, TEXT),
  /** Where a text is first found, from 1; 0 if nowhere. */
  STRPOS(BIGINT, TEXT, TEXT),
  CONCATENATE(TEXT, TEXT, TEXT),
  /** {@code ->}. */
  FETCH(TEXT, HSTORE, TEXT),
  /** {@code ?}. */
  EXIST(BOOLEAN, HSTORE, TEXT),
  DEFINED(BOOLEAN, HSTORE, TEXT),
  /** {@code @>}. */
  CONTAINS(BOOLEAN, HSTORE, HSTORE),
  /** One pair; also {@code hstore(key, value)}, whose value may be NULL in PostgreSQL only. */
  HSTORE_OF(HSTORE, TEXT, TEXT),
  /** Takes any number of arguments of one type. */
  COALESCE(TEXT),
  /** Takes two arguments of one type. */
  NULLIF(TEXT);

  /** No text grows longer. */
  static final int MAX_CHARACTERS = 1 << 16;

  private final Type result;
  private final ImmutableList<Type> parameters;

  Function(Type result, Type... parameters) {
    this.result = result;
    this.parameters = ImmutableList.copyOf(parameters);
  }

  /** The function of a name in lower case, null if there is none. */
  static @Nullable Function named(String name) {
    return switch (name) {
      case "lower" -> LOWER;
      case "upper" -> UPPER;
      case "length", "char_length", "character_length" -> LENGTH;
      case "split_part" -> SPLIT_PART;
      case "left" -> LEFT;
      case "right" -> RIGHT;
      case "starts_with" -> STARTS_WITH;
      case "strpos" -> STRPOS;
      case "exist" -> EXIST;
      case "defined" -> DEFINED;
      case "hstore" -> HSTORE_OF;
      case "coalesce" -> COALESCE;
      case "nullif" -> NULLIF;
      default -> null;
    };
  }

  Type result() {
    return result;
  }

  /** The types of its arguments; none if they are of any one type. */
  List<Type> parameters() {
    return parameters;
  }

  /** The result for arguments that are there, or may not be for NULLIF. */
  @Nullable Object apply(@Nullable Object[] arguments, List<Expr> expressions, Work work) {
    work.spend(1);
    if (this == NULLIF) {
      Object a = arguments[0];
      Object b = arguments[1];
      boolean equal =
          a != null && b != null && Values.compare(expressions.get(0).type(), a, b) == 0;
      return equal ? null : a;
    }
    Object first = Objects.requireNonNull(arguments[0]);
    return switch (this) {
      case LOWER -> mapped((String) first, Character::toLowerCase, work);
      case UPPER -> mapped((String) first, Character::toUpperCase, work);
      case LENGTH -> (long) characters((String) first);
      case SPLIT_PART -> part((String) first, text(arguments, 1), whole(arguments, 2));
      case LEFT -> left((String) first, whole(arguments, 1));
      case RIGHT -> right((String) first, whole(arguments, 1));
      case STARTS_WITH -> ((String) first).startsWith(text(arguments, 1));
      case STRPOS -> position((String) first, text(arguments, 1), work);
      case CONCATENATE -> concatenated((String) first, text(arguments, 1), work);
      case FETCH -> map(first).get(text(arguments, 1));
      case EXIST -> map(first).containsKey(text(arguments, 1));
      case DEFINED -> map(first).get(text(arguments, 1)) != null;
      case CONTAINS ->
          map(first).entrySet().containsAll(map(Objects.requireNonNull(arguments[1])).entrySet());
      case HSTORE_OF -> pair((String) first, text(arguments, 1));
      default -> throw new IllegalStateException(name().toLowerCase(Locale.ROOT));
    };
  }

  private static String text(@Nullable Object[] arguments, int i) {
    return (String) Objects.requireNonNull(arguments[i]);
  }

  private static long whole(@Nullable Object[] arguments, int i) {
    return (Long) Objects.requireNonNull(arguments[i]);
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static Map<String, String> pair(String key, String value) {
    Map<String, String> pair = new HashMap<>();
    pair.put(key, value);
    return pair;
  }

  /** Each character by itself, as PostgreSQL does: no character becomes two. */
  private static String mapped(String text, IntUnaryOperator mapping, Work work) {
    work.spend(text.length());
    int[] mapped = text.codePoints().map(mapping).toArray();
    return new String(mapped, 0, mapped.length);
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String concatenated(String a, String b, Work work) {
    checkLength(a.length() + b.length(), MAX_CHARACTERS);
    work.spend(a.length() + b.length());
    return a + b;
  }

  /** Refuses a text that grows too long. */
  static void checkLength(int characters, int most) {
    if (characters > most) {
      throw BadSql.of("a text grows longer than " + most + " characters");
    }
  }

  private static String left(String text, long count) {
    long kept = count < 0 ? Math.max(0, characters(text) + count) : count;
    return text.substring(0, offset(text, Math.min(kept, characters(text))));
  }

  private static String right(String text, long count) {
    long dropped = count < 0 ? -Math.max(count, -Integer.MAX_VALUE) : characters(text) - count;
    return text.substring(offset(text, Math.min(Math.max(0, dropped), characters(text))));
  }

  private static int offset(String text, long characters) {
    return text.offsetByCodePoints(0, (int) characters);
  }

  private static long position(String text, String wanted, Work work) {
    work.spend(text.length() + wanted.length());
    int found = text.indexOf(wanted);
    return found < 0 ? 0 : text.codePointCount(0, found) + 1L;
  }

  private static String part(String text, String separator, long number) {
    if (number == 0) {
      throw BadSql.of("the parts of SPLIT_PART are counted from 1");
    }
    List<String> parts =
        separator.isEmpty() ? List.of(text) : List.of(text.split(Pattern.quote(separator), -1));
    long index = number > 0 ? number - 1 : parts.size() + number;
    return index >= 0 && index < parts.size() ? parts.get((int) index) : "";
  }
}
