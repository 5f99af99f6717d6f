package org.btrdb.embedded.streamsql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.jspecify.annotations.Nullable;

/**
 * Settles names and types. Parameters are values from here on: nothing in them is ever read as SQL.
 */
final class Binder {
  /** Chains without brackets nest, too. All that walks what is bound does so by recursion. */
  private static final int MAX_DEPTH = 300;

  /** IN and BETWEEN bind what they compare again and again, and so do those within. */
  private static final int MAX_BINDINGS = 1 << 18;

  private final String table;
  private final List<String> parameters;
  private final boolean[] used;
  private int depth;
  private int bindings;

  /**
   * A binder of one statement.
   *
   * @param table what the relation is called
   */
  Binder(String table, List<String> parameters) {
    this.table = table;
    this.parameters = parameters;
    this.used = new boolean[parameters.size()];
  }

  /** Refuses parameters that the statement does not have. */
  void checkParameters() {
    int last = used.length;
    if (last > 0 && !used[last - 1]) {
      throw BadSql.of(last + " parameters were given, but the statement has no $" + last);
    }
  }

  /** Refuses another name than that of the relation. */
  void checkTable(int at, @Nullable String name) {
    if (name != null && !name.equals(table)) {
      throw BadSql.at(at, "no relation is called " + BadSql.quoted(name) + " here");
    }
  }

  Expr column(int index) {
    return new Expr.Slot(Relation.COLUMNS.get(index).type(), index);
  }

  /** A condition. */
  Expr condition(Syntax syntax) {
    return as(bind(syntax), Type.BOOLEAN, syntax.at());
  }

  /** A value of a known type: what nothing else decides is text. */
  Expr value(Syntax syntax) {
    Expr value = bind(syntax);
    return value.type() == Type.UNKNOWN ? as(value, Type.TEXT, syntax.at()) : value;
  }

  /** A value that no row is needed for. */
  @Nullable Object constant(Syntax syntax, Type type) {
    Expr value = as(bind(syntax), type, syntax.at());
    if (!isConstant(value)) {
      throw BadSql.at(syntax.at(), "a constant is expected here");
    }
    return folded(value);
  }

  private static boolean isConstant(Expr value) {
    return !value.contains(
        e -> e instanceof Expr.Slot || e instanceof Expr.Aggregate || e instanceof Expr.Entries);
  }

  /** A value whose type its use may still decide. */
  Expr bind(Syntax syntax) {
    if (++bindings > MAX_BINDINGS || ++depth > MAX_DEPTH) {
      throw BadSql.at(syntax.at(), "the statement is nested too deeply");
    }
    Expr value = bound(syntax);
    depth--;
    return value;
  }

  private Expr bound(Syntax syntax) {
    if (syntax instanceof Syntax.Name name) {
      return name(name);
    } else if (syntax instanceof Syntax.Text text) {
      return new Expr.Constant(Type.UNKNOWN, text.value());
    } else if (syntax instanceof Syntax.Digits digits) {
      return number(digits.at(), digits.digits());
    } else if (syntax instanceof Syntax.Word word) {
      return new Expr.Constant(word.value() == null ? Type.UNKNOWN : Type.BOOLEAN, word.value());
    } else if (syntax instanceof Syntax.Parameter parameter) {
      return parameter(parameter);
    } else if (syntax instanceof Syntax.Not not) {
      return new Expr.Not(condition(not.argument()));
    } else if (syntax instanceof Syntax.Minus minus) {
      return minus(minus);
    } else if (syntax instanceof Syntax.Joined joined) {
      return new Expr.Joined(
          joined.isAnd(), joined.arguments().stream().map(this::condition).toList());
    } else if (syntax instanceof Syntax.Binary binary) {
      return binary(binary);
    } else if (syntax instanceof Syntax.Cast cast) {
      return cast(cast);
    } else if (syntax instanceof Syntax.Call call) {
      return new CallBinder(this).bind(call);
    } else if (syntax instanceof Syntax.In in) {
      return in(in);
    } else if (syntax instanceof Syntax.Between between) {
      return between(between);
    } else if (syntax instanceof Syntax.Like like) {
      return like(like);
    } else if (syntax instanceof Syntax.IsNull isNull) {
      return new Expr.IsNull(value(isNull.argument()));
    } else if (syntax instanceof Syntax.IsTruth truth) {
      return truth(truth);
    } else if (syntax instanceof Syntax.IsDistinct distinct) {
      List<Expr> both = common(distinct.at(), distinct.left(), distinct.right());
      return new Expr.IsDistinct(both.get(0), both.get(1));
    }
    throw new IllegalStateException(syntax.toString());
  }

  private Expr name(Syntax.Name name) {
    checkTable(name.at(), name.table());
    int index = Relation.indexOf(name.name());
    if (index < 0) {
      throw BadSql.at(
          name.at(),
          "no column is called "
              + BadSql.quoted(name.name())
              + "; there are "
              + String.join(", ", Relation.COLUMNS.stream().map(Relation.Column::name).toList()));
    }
    return column(index);
  }

  private static Expr number(int at, String digits) {
    BigDecimal number = here(at, () -> Casts.decimal(digits));
    boolean whole =
        digits.chars().allMatch(Character::isDigit)
            && number.precision() - number.scale() <= 19
            && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    return whole
        ? new Expr.Constant(Type.BIGINT, number.longValueExact())
        : new Expr.Constant(Type.NUMERIC, number);
  }

  private Expr parameter(Syntax.Parameter parameter) {
    int number =
        parameter.number().length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(parameter.number());
    if (number < 1 || number > parameters.size()) {
      throw BadSql.at(
          parameter.at(),
          "there is no parameter $"
              + parameter.number()
              + ", as "
              + parameters.size()
              + " were given");
    }
    used[number - 1] = true;
    return new Expr.Constant(Type.UNKNOWN, parameters.get(number - 1));
  }

  private Expr minus(Syntax.Minus minus) {
    Expr value = bind(minus.argument());
    if (value instanceof Expr.Constant constant && constant.value() instanceof Long whole) {
      return new Expr.Constant(Type.BIGINT, -whole);
    }
    if (value instanceof Expr.Constant constant && constant.value() instanceof BigDecimal number) {
      return new Expr.Constant(Type.NUMERIC, number.negate());
    }
    throw BadSql.at(minus.at(), "a sign is taken before a number only");
  }

  private Expr binary(Syntax.Binary binary) {
    return switch (binary.operator()) {
      case "=", "<>", "<", "<=", ">", ">=" -> compare(binary);
      case "||" -> concatenated(binary);
      case "->" -> call(Function.FETCH, binary.left(), binary.right());
      case "?" -> call(Function.EXIST, binary.left(), binary.right());
      case "@>" -> call(Function.CONTAINS, binary.left(), binary.right());
      case "<@" -> call(Function.CONTAINS, binary.right(), binary.left());
      case "~~" -> like(Syntax.Like.Kind.LIKE, binary);
      case "~~*" -> like(Syntax.Like.Kind.ILIKE, binary);
      case "!~~" -> new Expr.Not(like(Syntax.Like.Kind.LIKE, binary));
      case "!~~*" -> new Expr.Not(like(Syntax.Like.Kind.ILIKE, binary));
      case "~" -> regex(binary, false);
      case "~*" -> regex(binary, true);
      case "!~" -> new Expr.Not(regex(binary, false));
      case "!~*" -> new Expr.Not(regex(binary, true));
      default ->
          throw BadSql.at(
              binary.at(), "operator " + BadSql.quoted(binary.operator()) + " is not supported");
    };
  }

  private Expr call(Function function, Syntax first, Syntax second) {
    return new Expr.Call(
        function,
        function.result(),
        List.of(
            as(bind(first), function.parameters().get(0), first.at()),
            as(bind(second), function.parameters().get(1), second.at())));
  }

  private Expr compare(Syntax.Binary binary) {
    List<Expr> both = common(binary.at(), binary.left(), binary.right());
    boolean isEquality = binary.operator().equals("=") || binary.operator().equals("<>");
    if (!isEquality && !both.get(0).type().isOrdered()) {
      throw BadSql.at(binary.at(), both.get(0).type() + " has no order");
    }
    return new Expr.Compare(binary.operator(), both.get(0), both.get(1));
  }

  /** Whatever is joined to a text becomes text. */
  private Expr concatenated(Syntax.Binary binary) {
    Expr left = value(binary.left());
    Expr right = value(binary.right());
    boolean isText = left.type() == Type.TEXT || right.type() == Type.TEXT;
    if (!isText || left.type() == Type.HSTORE || right.type() == Type.HSTORE) {
      throw BadSql.at(binary.at(), "|| joins texts, not " + left.type() + " and " + right.type());
    }
    return new Expr.Call(Function.CONCATENATE, Type.TEXT, List.of(toText(left), toText(right)));
  }

  private static Expr toText(Expr value) {
    return value.type() == Type.TEXT ? value : new Expr.Cast(Type.TEXT, Long.MAX_VALUE, value);
  }

  private Expr cast(Syntax.Cast cast) {
    Type type = Type.named(cast.type());
    if (type == null) {
      throw BadSql.at(cast.at(), "type " + BadSql.quoted(cast.type()) + " is not supported");
    }
    Expr value = bind(cast.argument());
    if (!Casts.exists(value.type(), type)) {
      throw BadSql.at(cast.at(), value.type() + " cannot be cast to " + type);
    }
    Expr result = new Expr.Cast(type, Type.largest(cast.type()), value);
    return isConstant(value)
        ? new Expr.Constant(type, here(cast.at(), () -> folded(result)))
        : result;
  }

  private static @Nullable Object folded(Expr constant) {
    return constant.value(new Object[0], new Work(CallScope.unbounded()));
  }

  private Expr in(Syntax.In in) {
    List<Expr> equalities = new ArrayList<>();
    for (Syntax element : in.list()) {
      List<Expr> both = common(element.at(), in.argument(), element);
      equalities.add(new Expr.Compare("=", both.get(0), both.get(1)));
    }
    return new Expr.Joined(false, equalities);
  }

  private Expr between(Syntax.Between between) {
    int at = between.at();
    return new Expr.Joined(
        true,
        List.of(
            compare(new Syntax.Binary(at, ">=", between.argument(), between.low())),
            compare(new Syntax.Binary(at, "<=", between.argument(), between.high()))));
  }

  private Expr truth(Syntax.IsTruth truth) {
    Expr value = condition(truth.argument());
    if (truth.value() == null) {
      return new Expr.IsNull(value);
    }
    return new Expr.Not(new Expr.IsDistinct(value, new Expr.Constant(Type.BOOLEAN, truth.value())));
  }

  private Expr like(Syntax.Like.Kind kind, Syntax.Binary binary) {
    return like(new Syntax.Like(binary.at(), kind, binary.left(), binary.right(), null));
  }

  private Expr like(Syntax.Like like) {
    String pattern = pattern(like.pattern());
    String escape = like.escape() == null ? "\\" : pattern(like.escape());
    if (pattern == null || escape == null) {
      return new Expr.Constant(Type.BOOLEAN, null);
    }
    TextPattern machine =
        here(
            like.pattern().at(),
            () ->
                like.kind() == Syntax.Like.Kind.SIMILAR
                    ? PatternParser.similar(pattern, escape)
                    : PatternParser.like(pattern, escape, like.kind() == Syntax.Like.Kind.ILIKE));
    String prefix =
        like.kind() == Syntax.Like.Kind.LIKE ? PatternParser.prefix(pattern, escape) : "";
    return new Expr.Matches(text(like.argument()), machine, prefix);
  }

  private Expr regex(Syntax.Binary binary, boolean ignoreCase) {
    String pattern = pattern(binary.right());
    return pattern == null
        ? new Expr.Constant(Type.BOOLEAN, null)
        : new Expr.Matches(
            text(binary.left()),
            here(binary.right().at(), () -> PatternParser.regex(pattern, ignoreCase)),
            "");
  }

  private Expr text(Syntax syntax) {
    return as(bind(syntax), Type.TEXT, syntax.at());
  }

  private @Nullable String pattern(Syntax syntax) {
    Expr pattern = text(syntax);
    if (!isConstant(pattern)) {
      throw BadSql.at(syntax.at(), "a pattern must be a constant");
    }
    return (String) folded(pattern);
  }

  /** Two operands of one type. */
  private List<Expr> common(int at, Syntax left, Syntax right) {
    return common(at, List.of(left, right));
  }

  /** Operands of the one type that suits all. */
  List<Expr> common(int at, List<Syntax> operands) {
    List<Expr> values = operands.stream().map(this::bind).toList();
    Type type = Type.UNKNOWN;
    for (Expr value : values) {
      type = wider(at, type, value.type());
    }
    Type all = type == Type.UNKNOWN ? Type.TEXT : type;
    List<Expr> result = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      result.add(as(values.get(i), all, operands.get(i).at()));
    }
    return result;
  }

  private static Type wider(int at, Type a, Type b) {
    if (a == b || b == Type.UNKNOWN) {
      return a;
    }
    if (a == Type.UNKNOWN) {
      return b;
    }
    if (a.isNumber() && b.isNumber()) {
      return a.compareTo(b) > 0 ? a : b;
    }
    throw BadSql.at(at, a + " and " + b + " cannot be compared; cast one of them");
  }

  /** A value as one of a type, if that needs no cast to be written. */
  Expr as(Expr value, Type type, int at) {
    if (value.type() == type) {
      return value;
    }
    if (value instanceof Expr.Constant constant && value.type() == Type.UNKNOWN) {
      Object given = constant.value();
      return new Expr.Constant(
          type, given == null ? null : here(at, () -> Casts.parse((String) given, type)));
    }
    if (value.type().isNumber() && type.isNumber() && value.type().compareTo(type) < 0) {
      return new Expr.Cast(type, Long.MAX_VALUE, value);
    }
    throw BadSql.at(at, "it is " + value.type() + ", but " + type + " is needed");
  }

  /** Adds the place to what is wrong with a value there. */
  private static <T extends @Nullable Object> T here(int at, Supplier<T> value) {
    try {
      return value.get();
    } catch (BtrdbException e) {
      throw BadSql.at(at, Objects.requireNonNull(e.getMessage()));
    }
  }
}
