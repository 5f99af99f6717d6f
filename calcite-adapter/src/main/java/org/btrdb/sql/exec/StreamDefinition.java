package org.btrdb.sql.exec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.PreparedSql;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.parser.SqlCreateStream;
import org.btrdb.sql.read.Session;

/**
 * What a CREATE TABLE asks for.
 *
 * @param collection the schema
 * @param tags the name, and the unit if given
 * @param ifNotExists whether an existing stream of that name is good enough
 */
record StreamDefinition(String collection, Map<String, String> tags, boolean ifNotExists) {
  private static final Set<String> COLUMNS = Set.of("time", "value");

  static StreamDefinition of(SqlNode parsed, String defaultSchema) {
    SqlCreateStream create = (SqlCreateStream) parsed;
    List<String> names = create.name().names;
    if (names.size() > 2 || (names.size() == 1 && defaultSchema.isEmpty())) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "name the collection and the stream, as in \"plant/a\".\"L1MAG\", not " + create.name(),
          null);
    }
    if (!create.columns().isEmpty()) {
      checkColumns(create.columns());
    }
    Map<String, String> tags = new HashMap<>();
    create.options().forEach(o -> tags.put(o.key(), text(o.value())));
    tags.put(StreamDescriptor.NAME, names.get(names.size() - 1));
    return new StreamDefinition(
        names.size() == 2 ? names.get(0) : defaultSchema, tags, create.ifNotExists());
  }

  /** A stream has a time and a value; another column would be dropped without a word. */
  private static void checkColumns(List<SqlCreateStream.Pair> columns) {
    Set<String> named =
        columns.stream()
            .map(c -> c.key().toLowerCase(java.util.Locale.ROOT))
            .collect(java.util.stream.Collectors.toSet());
    if (columns.size() != COLUMNS.size() || !named.equals(COLUMNS)) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "a stream has the columns (time TIMESTAMP(9) NOT NULL, value DOUBLE NOT NULL) and no"
              + " others",
          null);
    }
  }

  private static String text(SqlNode literal) {
    return java.util.Objects.requireNonNull(((SqlLiteral) literal).getValueAs(String.class));
  }

  PreparedSql statement(Session session) {
    return new CreateStreamStatement(session, this);
  }
}
