package org.btrdb.sql.parser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlCreate;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** {@code CREATE TABLE [IF NOT EXISTS] "collection".name [(columns)] [WITH (tag = 'value', …)]}. */
public final class SqlCreateStream extends SqlCreate {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("CREATE TABLE", SqlKind.CREATE_TABLE);

  private final SqlIdentifier name;
  private final SqlNodeList columns;
  private final SqlNodeList tags;

  /** For the generated parser; {@code tags} holds keys and values in turn. */
  public SqlCreateStream(
      SqlParserPos position,
      boolean replace,
      boolean ifNotExists,
      SqlIdentifier name,
      SqlNodeList columns,
      SqlNodeList tags) {
    super(OPERATOR, position, replace, ifNotExists);
    this.name = name;
    this.columns = columns;
    this.tags = tags;
  }

  /** The name, one or two parts. */
  public SqlIdentifier name() {
    return name;
  }

  /** Whether an existing stream is fine. */
  public boolean ifNotExists() {
    return ifNotExists;
  }

  /** Column declarations; empty if the statement has none. */
  public SqlNodeList columns() {
    return columns;
  }

  /** The tags of the WITH clause. */
  public Map<String, String> tags() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i + 1 < tags.size(); i += 2) {
      SqlIdentifier key = (SqlIdentifier) tags.get(i);
      map.put(key.getSimple(), ((SqlLiteral) tags.get(i + 1)).getValueAs(String.class));
    }
    return map;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of(name, columns, tags);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrec, int rightPrec) {
    writer.keyword("CREATE TABLE");
    if (ifNotExists) {
      writer.keyword("IF NOT EXISTS");
    }
    name.unparse(writer, 0, 0);
    if (!columns.isEmpty()) {
      SqlWriter.Frame frame = writer.startList("(", ")");
      for (SqlNode column : columns) {
        writer.sep(",");
        column.unparse(writer, 0, 0);
      }
      writer.endList(frame);
    }
    if (!tags.isEmpty()) {
      writer.keyword("WITH");
      SqlWriter.Frame frame = writer.startList("(", ")");
      for (int i = 0; i + 1 < tags.size(); i += 2) {
        writer.sep(",");
        tags.get(i).unparse(writer, 0, 0);
        writer.keyword("=");
        tags.get(i + 1).unparse(writer, 0, 0);
      }
      writer.endList(frame);
    }
  }
}
