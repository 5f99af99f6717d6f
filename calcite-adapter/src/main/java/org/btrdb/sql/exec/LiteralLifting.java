package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.btrdb.sql.cache.LiftedLiteral;
import org.btrdb.sql.cache.LiteralValues;
import org.btrdb.sql.cache.StatementText;
import org.btrdb.sql.validate.Validation;
import org.jspecify.annotations.Nullable;

/**
 * Puts parameters in the place of times that a checked statement compares with, so that its plan
 * fits every statement that differs in those only.
 *
 * <p>An allow-list: a literal is lifted if it is one side of a comparison, BETWEEN or IN of a WHERE
 * or ON whose other side has a column. There nothing is decided by its value before the statement
 * runs, types and names do not depend on it, and no other clause can have the same expression.
 */
final class LiteralLifting implements Validation.Change {
  private final TextPlaces places;
  private final StatementText text;
  private final List<Candidate> candidates = new ArrayList<>();
  private List<LiftedLiteral> lifted = List.of();
  private LiteralValues values = LiteralValues.NONE;

  LiteralLifting(String sql, StatementText text) {
    this.text = text;
    this.places = new TextPlaces(sql, text.literals());
  }

  /** A node that a parameter can replace, and who holds it. */
  private record Candidate(SqlNode holder, int operand, int literal, TimeForm form) {
    void replaceBy(SqlNode parameter) {
      if (holder instanceof SqlNodeList list) {
        list.set(operand, parameter);
      } else {
        ((SqlCall) holder).setOperand(operand, parameter);
      }
    }
  }

  /** What was lifted, in the order of the statement's text. */
  List<LiftedLiteral> lifted() {
    return lifted;
  }

  /** The values of what was lifted: those of the plan's further parameters. */
  LiteralValues values() {
    return values;
  }

  @Override
  public void apply(SqlNode statement, SqlValidator validator, int parameters) {
    query(statement);
    Map<Integer, Integer> uses = uses(statement);
    Map<Integer, List<Candidate>> byLiteral = new TreeMap<>();
    for (Candidate candidate : candidates) {
      byLiteral.computeIfAbsent(candidate.literal, l -> new ArrayList<>()).add(candidate);
    }
    byLiteral
        .entrySet()
        .removeIf(entry -> entry.getValue().size() != uses.getOrDefault(entry.getKey(), 0));
    List<LiftedLiteral> found = new ArrayList<>();
    byLiteral.forEach(
        (literal, places) -> found.add(new LiftedLiteral(literal, places.get(0).form)));
    LiteralValues known = LiteralValues.of(text, found);
    if (known != null) {
      lifted = found;
      values = known;
      RelDataType type = validator.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 9);
      int literal = 0;
      for (List<Candidate> places : byLiteral.values()) {
        int index = parameters + known.places().get(literal++);
        places.forEach(place -> place.replaceBy(parameter(index, place, validator, type)));
      }
    }
  }

  private static SqlNode parameter(
      int index, Candidate place, SqlValidator validator, RelDataType type) {
    SqlDynamicParam parameter = new SqlDynamicParam(index, place.holder.getParserPosition());
    validator.setValidatedNodeType(parameter, type);
    return parameter;
  }

  /** How often each literal of the text is in the tree: the validator may have copied some. */
  private Map<Integer, Integer> uses(SqlNode statement) {
    Map<Integer, Integer> uses = new HashMap<>();
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlLiteral literal) {
            int index = places.literalIn(literal.getParserPosition());
            if (index >= 0) {
              uses.merge(index, 1, Integer::sum);
            }
            return null;
          }
        });
    return uses;
  }

  private void query(@Nullable SqlNode node) {
    if (node instanceof SqlSelect select) {
      from(select.getFrom());
      condition(select.getWhere());
    } else if (node instanceof SqlWith with) {
      with.withList.forEach(item -> query(((SqlWithItem) item).query));
      query(with.body);
    } else if (node instanceof SqlCall call) {
      switch (call.getKind()) {
        case UNION, INTERSECT, EXCEPT -> call.getOperandList().forEach(this::query);
        case ORDER_BY -> query(call.operand(0));
        default -> {}
      }
    }
  }

  private void from(@Nullable SqlNode node) {
    if (node instanceof SqlJoin join) {
      from(join.getLeft());
      from(join.getRight());
      condition(join.getCondition());
    } else if (node instanceof SqlCall call
        && (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.LATERAL)) {
      from(call.operand(0));
    } else {
      query(node);
    }
  }

  /** Anything inside a condition. */
  private void condition(@Nullable SqlNode node) {
    if (node instanceof SqlNodeList list) {
      list.forEach(this::condition);
    }
    if (!(node instanceof SqlCall call)) {
      return;
    }
    if (call.isA(SqlKind.QUERY)) {
      query(call);
      return;
    }
    switch (call.getKind()) {
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL -> {
        compared(call.operand(0), call, 1);
        compared(call.operand(1), call, 0);
      }
      case BETWEEN -> {
        compared(call.operand(0), call, 1);
        compared(call.operand(0), call, 2);
      }
      case IN, NOT_IN -> {
        if (call.operand(1) instanceof SqlNodeList list) {
          for (int i = 0; i < list.size(); i++) {
            compared(call.operand(0), list, i);
          }
        }
      }
      default -> {}
    }
    call.getOperandList().forEach(this::condition);
  }

  /** Takes an operand as a candidate if it is a literal time and the other side has a column. */
  private void compared(SqlNode other, SqlNode holder, int operand) {
    SqlNode node =
        holder instanceof SqlNodeList list
            ? list.get(operand)
            : ((SqlCall) holder).operand(operand);
    SqlLiteral literal = TimeForm.literal(node);
    int index = literal == null ? -1 : places.literalIn(literal.getParserPosition());
    if (literal == null || index < 0 || !hasColumn(other)) {
      return;
    }
    boolean braces = places.startsWith(literal.getParserPosition(), "{");
    TimeForm form = TimeForm.of(literal, text.literals().get(index).text(), braces);
    if (form != null) {
      candidates.add(new Candidate(holder, operand, index, form));
    }
  }

  private static boolean hasColumn(SqlNode node) {
    boolean[] found = new boolean[1];
    node.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            found[0] = true;
            return null;
          }
        });
    return found[0];
  }
}
