package org.btrdb.embedded.streamsql;

import java.util.ArrayList;
import java.util.List;
import org.btrdb.embedded.streamsql.Expr.Aggregate.Kind;
import org.jspecify.annotations.Nullable;

/** Settles calls of functions and aggregates. */
record CallBinder(Binder binder) {

  Expr bind(Syntax.Call call) {
    Expr special =
        switch (call.name()) {
          case "count" -> aggregate(call, Kind.COUNT);
          case "min" -> aggregate(call, Kind.MIN);
          case "max" -> aggregate(call, Kind.MAX);
          case "skeys" -> entries(call, true);
          case "svals" -> entries(call, false);
          default -> null;
        };
    return special == null ? function(call) : special;
  }

  private Expr aggregate(Syntax.Call call, Kind kind) {
    if (call.star() && kind == Kind.COUNT) {
      return new Expr.Aggregate(Type.BIGINT, kind, false, null);
    }
    checkCount(call, 1);
    Expr argument = binder.value(call.arguments().get(0));
    if (holdsAggregate(argument)) {
      throw BadSql.at(call.at(), "aggregates cannot be nested");
    }
    if (kind == Kind.COUNT) {
      return new Expr.Aggregate(Type.BIGINT, kind, call.distinct(), argument);
    }
    boolean hasSmallest = argument.type() == Type.TEXT || argument.type().isNumber();
    if (!hasSmallest) {
      throw BadSql.at(call.at(), call.name() + " takes texts and numbers, not " + argument.type());
    }
    return new Expr.Aggregate(argument.type(), kind, false, argument);
  }

  /** Whether an aggregate, or rows within a row, are anywhere in an expression. */
  static boolean holdsAggregate(Expr value) {
    return value.contains(e -> e instanceof Expr.Aggregate || e instanceof Expr.Entries);
  }

  private Expr entries(Syntax.Call call, boolean keys) {
    checkCount(call, 1);
    checkPlain(call);
    Syntax argument = call.arguments().get(0);
    return new Expr.Entries(binder.as(binder.value(argument), Type.HSTORE, argument.at()), keys);
  }

  private Expr function(Syntax.Call call) {
    Function function = Function.named(call.name());
    if (function == null) {
      throw BadSql.at(call.at(), "function " + BadSql.quoted(call.name()) + " is not supported");
    }
    checkPlain(call);
    if (function.parameters().isEmpty()) {
      return ofOneType(call, function);
    }
    checkCount(call, function.parameters().size());
    List<Expr> arguments = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      arguments.add(argument(call.arguments().get(i), function.parameters().get(i)));
    }
    return new Expr.Call(function, function.result(), arguments);
  }

  private Expr argument(Syntax argument, Type type) {
    return binder.as(binder.bind(argument), type, argument.at());
  }

  private Expr ofOneType(Syntax.Call call, Function function) {
    if (function == Function.NULLIF) {
      checkCount(call, 2);
    }
    List<Expr> arguments = binder.common(call.at(), call.arguments());
    if (arguments.isEmpty()) {
      throw BadSql.at(call.at(), call.name() + " takes at least one argument");
    }
    return new Expr.Call(function, arguments.get(0).type(), arguments);
  }

  private static void checkPlain(Syntax.Call call) {
    if (call.star() || call.distinct()) {
      throw BadSql.at(call.at(), call.name() + " takes neither * nor DISTINCT");
    }
  }

  private static void checkCount(Syntax.Call call, int count) {
    if (call.star() || call.arguments().size() != count) {
      throw BadSql.at(
          call.at(), call.name() + " takes " + count + (count == 1 ? " argument" : " arguments"));
    }
  }

  /** The name that an unnamed item gets, by PostgreSQL's rules. */
  static @Nullable String nameOf(Syntax syntax) {
    if (syntax instanceof Syntax.Name name) {
      return name.name();
    }
    if (syntax instanceof Syntax.Call call) {
      return call.name();
    }
    if (syntax instanceof Syntax.Cast cast) {
      String inner = nameOf(cast.argument());
      return inner == null ? cast.type() : inner;
    }
    return syntax instanceof Syntax.Word word && word.value() != null ? "bool" : null;
  }
}
