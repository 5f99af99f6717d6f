package org.btrdb.sql.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code CREATE TABLE "collection"."name"}: a new stream, its tags in the WITH clause. */
public final class SqlCreateStream extends SqlCreate {
  private static final SqlOperator COLUMN = new SqlSpecialOperator("COLUMN", SqlKind.COLUMN_DECL);
  private static final SqlOperator OPTION = new SqlSpecialOperator("OPTION", SqlKind.OTHER);

  private final SqlIdentifier name;
  private final SqlNodeList columns;
  private final SqlNodeList options;

  /** For the generated parser; the lists are empty where the statement has no such clause. */
  public SqlCreateStream(
      SqlParserPos pos,
      boolean ifNotExists,
      SqlIdentifier name,
      SqlNodeList columns,
      SqlNodeList options) {
    super(Operator.of(ifNotExists), pos, false, ifNotExists);
    this.name = name;
    this.columns = columns;
    this.options = options;
  }

  /** One element of the column list. */
  public static SqlNode column(SqlIdentifier name, SqlDataTypeSpec type) {
    return new Pair(COLUMN, name, type);
  }

  /** One element of the WITH clause. */
  public static SqlNode option(SqlIdentifier key, SqlNode value) {
    return new Pair(OPTION, key, value);
  }

  /** What CREATE OR REPLACE gets to hear. */
  public static RuntimeException replaceRefused(SqlParserPos pos) {
    return new CalciteContextException(
        "",
        new CalciteException("CREATE OR REPLACE would lose a stream's points", null),
        pos.getLineNum(),
        pos.getColumnNum(),
        pos.getEndLineNum(),
        pos.getEndColumnNum());
  }

  /** Whether an existing stream is good enough. */
  public boolean ifNotExists() {
    return ifNotExists;
  }

  /** The stream's full name, one part or more. */
  public SqlIdentifier name() {
    return name;
  }

  /** The declared columns as (name, type) pairs; empty if the statement names none. */
  public List<Pair> columns() {
    return pairs(columns);
  }

  /** The WITH clause as (key, string literal) pairs; empty if there is none. */
  public List<Pair> options() {
    return pairs(options);
  }

  private static List<Pair> pairs(SqlNodeList list) {
    return list.stream().map(Pair.class::cast).toList();
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(name, columns, options);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("CREATE TABLE");
    if (ifNotExists) {
      writer.keyword("IF NOT EXISTS");
    }
    name.unparse(writer, 0, 0);
    list(writer, columns);
    if (!options.isEmpty()) {
      writer.keyword("WITH");
      list(writer, options);
    }
  }

  private static void list(SqlWriter writer, SqlNodeList nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    SqlWriter.Frame frame = writer.startList("(", ")");
    for (SqlNode node : nodes) {
      writer.sep(",");
      node.unparse(writer, 0, 0);
    }
    writer.endList(frame);
  }

  /** A name and what it stands for: a column with its type, or an option with its value. */
  public static final class Pair extends SqlCall {
    private final SqlOperator operator;
    private final SqlIdentifier key;
    private final SqlNode value;

    private Pair(SqlOperator operator, SqlIdentifier key, SqlNode value) {
      super(key.getParserPosition().plus(value.getParserPosition()));
      this.operator = operator;
      this.key = key;
      this.value = value;
    }

    /** The name as written. */
    public String key() {
      return key.getSimple();
    }

    /** The type of a column, the string literal of an option. */
    public SqlNode value() {
      return value;
    }

    @Override
    public SqlOperator getOperator() {
      return operator;
    }

    @Override
    public List<SqlNode> getOperandList() {
      return List.of(key, value);
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
      key.unparse(writer, 0, 0);
      if (operator.equals(OPTION)) {
        writer.print("= ");
      }
      value.unparse(writer, 0, 0);
      if (value instanceof SqlDataTypeSpec type && Boolean.FALSE.equals(type.getNullable())) {
        writer.keyword("NOT NULL");
      }
    }
  }

  /** The operator; it also carries IF NOT EXISTS, so that rebuilt calls keep it. */
  private static final class Operator extends SqlSpecialOperator {
    private static final Operator PLAIN = new Operator(false);
    private static final Operator IF_ABSENT = new Operator(true);

    private final boolean ifNotExists;

    private Operator(boolean ifNotExists) {
      super("CREATE TABLE", SqlKind.CREATE_TABLE);
      this.ifNotExists = ifNotExists;
    }

    static Operator of(boolean ifNotExists) {
      return ifNotExists ? IF_ABSENT : PLAIN;
    }

    @Override
    public SqlCall createCall(
        @Nullable SqlLiteral quantifier, SqlParserPos pos, @Nullable SqlNode... operands) {
      return new SqlCreateStream(
          pos,
          ifNotExists,
          (SqlIdentifier) requireNonNull(operands[0]),
          (SqlNodeList) requireNonNull(operands[1]),
          (SqlNodeList) requireNonNull(operands[2]));
    }
  }
}
