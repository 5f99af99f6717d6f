package org.btrdb.sql.logictest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.type.SqlTypeName;
import org.btrdb.client.Btrdb;
import org.btrdb.client.spi.BtrdbConnector;
import org.btrdb.sql.parser.BtrdbParser;
import org.jspecify.annotations.Nullable;

/** The tables of one script, in an embedded BTrDB of their own. */
final class LogicDatabase implements AutoCloseable {
  private static final Pattern CREATE_TABLE =
      Pattern.compile("CREATE TABLE (\\w+)\\s*\\((.*)\\)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CREATE_INDEX =
      Pattern.compile("CREATE (UNIQUE )?INDEX .*", Pattern.CASE_INSENSITIVE);

  private final Btrdb btrdb = BtrdbConnector.open("mem", "slt-" + UUID.randomUUID(), Map.of());
  private final Map<String, LogicTable> tables = new LinkedHashMap<>();

  Btrdb btrdb() {
    return btrdb;
  }

  Map<String, LogicTable> tables() {
    return tables;
  }

  /**
   * Runs what is not a query. An index changes no answer, so making one does nothing.
   *
   * @throws Unmapped if streams cannot do that; the tables are then not what the script expects
   */
  void execute(String statement) throws Unmapped {
    String line = statement.strip();
    Matcher create = CREATE_TABLE.matcher(line);
    if (create.matches()) {
      tables.put(create.group(1), new LogicTable(create.group(1), columns(create.group(2))));
    } else if (line.regionMatches(true, 0, "INSERT INTO ", 0, 12)) {
      insert((SqlInsert) BtrdbParser.parse(line));
    } else if (!CREATE_INDEX.matcher(line).matches()) {
      String[] words = line.split("\\s+", 3);
      boolean isDefinition = List.of("CREATE", "DROP").contains(words[0].toUpperCase(Locale.ROOT));
      throw new Unmapped("after " + (isDefinition ? words[0] + " " + words[1] : words[0]));
    }
  }

  /** Brings all rows into the store. */
  void store() {
    tables.values().forEach(table -> table.store(btrdb));
  }

  private static List<LogicTable.Column> columns(String list) throws Unmapped {
    List<LogicTable.Column> columns = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      String[] words = item.strip().split("[\\s(]+", -1);
      columns.add(
          new LogicTable.Column(
              words[0],
              switch (words[1].toUpperCase(Locale.ROOT)) {
                case "INTEGER" -> LogicTable.Type.INTEGER;
                case "FLOAT", "REAL" -> LogicTable.Type.REAL;
                case "TEXT", "VARCHAR" -> LogicTable.Type.TEXT;
                default -> throw new Unmapped("a column of type " + words[1]);
              }));
    }
    return columns;
  }

  private void insert(SqlInsert insert) throws Unmapped {
    LogicTable target = table(insert.getTargetTable());
    if (insert.getSource() instanceof SqlSelect select) {
      if (!select.toString().startsWith("SELECT *") || select.getWhere() != null) {
        throw new Unmapped("INSERT of a query");
      }
      table(Objects.requireNonNull(select.getFrom())).rows().forEach(target::add);
      return;
    }
    for (SqlNode row : ((SqlBasicCall) insert.getSource()).getOperandList()) {
      List<SqlNode> values = ((SqlBasicCall) row).getOperandList();
      @Nullable Object[] cells = new @Nullable Object[target.columns().size()];
      for (int i = 0; i < values.size(); i++) {
        int column = i;
        if (insert.getTargetColumnList() != null) {
          String name = ((SqlIdentifier) insert.getTargetColumnList().get(i)).getSimple();
          column = target.columns().stream().map(LogicTable.Column::name).toList().indexOf(name);
        }
        cells[column] = value(values.get(i));
      }
      target.add(Arrays.asList(cells));
    }
  }

  private LogicTable table(SqlNode name) {
    return Objects.requireNonNull(tables.get(((SqlIdentifier) name).getSimple()), name::toString);
  }

  private static @Nullable Object value(SqlNode node) throws Unmapped {
    if (node.getKind() == SqlKind.MINUS_PREFIX
        && value(((SqlBasicCall) node).operand(0)) instanceof Number number) {
      return number instanceof Long whole ? (Object) (-whole) : (Object) (-number.doubleValue());
    }
    if (!(node instanceof SqlLiteral literal)) {
      throw new Unmapped("INSERT of an expression");
    }
    if (literal.getTypeName() == SqlTypeName.NULL) {
      return null;
    }
    String text = Objects.requireNonNull(literal.toValue());
    return literal.getTypeName() == SqlTypeName.CHAR
        ? text
        : text.matches("\\d+") ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
  }

  @Override
  public void close() {
    btrdb.close();
  }
}
