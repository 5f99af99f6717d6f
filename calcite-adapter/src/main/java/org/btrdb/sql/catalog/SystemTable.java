package org.btrdb.sql.catalog;

import static org.btrdb.sql.catalog.RelationColumn.optional;
import static org.btrdb.sql.catalog.RelationColumn.required;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.btrdb.sql.row.ColumnType;

/** The tables about streams, collections, the server and this session, in schema {@code btrdb}. */
public enum SystemTable implements Relation {
  /** One row for each collection. */
  COLLECTIONS(required("collection", ColumnType.VARCHAR)),
  /** One row for each stream; one call however many there are. */
  STREAMS(
      required("uuid", ColumnType.UUID),
      required("collection", ColumnType.VARCHAR),
      optional("name", ColumnType.VARCHAR),
      optional("unit", ColumnType.VARCHAR),
      optional("ingress", ColumnType.VARCHAR),
      optional("distiller", ColumnType.VARCHAR),
      required("tags", ColumnType.MAP),
      required("annotations", ColumnType.MAP),
      required("property_version", ColumnType.BIGINT),
      required("table_schema", ColumnType.VARCHAR),
      required("table_name", ColumnType.VARCHAR)),
  /** One row for each stream with what costs a call for each stream. */
  STREAM_STATS(
      required("uuid", ColumnType.UUID),
      required("collection", ColumnType.VARCHAR),
      optional("name", ColumnType.VARCHAR),
      optional("unit", ColumnType.VARCHAR),
      required("version", ColumnType.BIGINT),
      required("minor_version", ColumnType.BIGINT),
      optional("earliest", ColumnType.TIMESTAMP),
      optional("latest", ColumnType.TIMESTAMP),
      optional("latest_value", ColumnType.DOUBLE),
      required("point_count", ColumnType.BIGINT)),
  /** One row for each tag of each stream. */
  TAGS(
      required("uuid", ColumnType.UUID),
      required("collection", ColumnType.VARCHAR),
      required("key", ColumnType.VARCHAR),
      optional("value", ColumnType.VARCHAR)),
  /** One row for each annotation of each stream. */
  ANNOTATIONS(
      required("uuid", ColumnType.UUID),
      required("collection", ColumnType.VARCHAR),
      required("key", ColumnType.VARCHAR),
      optional("value", ColumnType.VARCHAR)),
  /** How many streams below a prefix use each key. */
  METADATA_USAGE(
      required("prefix", ColumnType.VARCHAR),
      required("kind", ColumnType.VARCHAR),
      required("key", ColumnType.VARCHAR),
      required("count", ColumnType.BIGINT)),
  /** One row: what answers at the other end. */
  SERVER_INFO(
      required("build", ColumnType.VARCHAR),
      required("major_version", ColumnType.INTEGER),
      required("minor_version", ColumnType.INTEGER),
      required("proxy_endpoints", ColumnType.VARCHAR),
      required("healthy", ColumnType.BOOLEAN),
      optional("leader", ColumnType.VARCHAR)),
  /** One row for each node of the cluster. */
  CLUSTER_MEMBERS(
      required("nodename", ColumnType.VARCHAR),
      required("up", ColumnType.BOOLEAN),
      required("in_cluster", ColumnType.BOOLEAN),
      required("enabled", ColumnType.BOOLEAN),
      required("weight", ColumnType.BIGINT),
      required("read_preference", ColumnType.DOUBLE),
      required("grpc_endpoints", ColumnType.VARCHAR)),
  /** The calls that the session's last statements made. */
  SESSION_RPCS(
      required("statement_id", ColumnType.BIGINT),
      required("rpc", ColumnType.VARCHAR),
      optional("uuid", ColumnType.UUID),
      required("messages", ColumnType.BIGINT),
      required("row_count", ColumnType.BIGINT),
      optional("bytes", ColumnType.BIGINT),
      required("elapsed_ns", ColumnType.BIGINT));

  /** The schema of all of them. */
  public static final String SCHEMA = "btrdb";

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<RelationColumn> columns;

  SystemTable(RelationColumn... columns) {
    this.columns = List.of(columns);
  }

  /** The table of a name in any case. */
  public static Optional<SystemTable> named(String name) {
    return Arrays.stream(values()).filter(t -> t.table().equalsIgnoreCase(name)).findFirst();
  }

  /** The names of all tables of the schema, those of other kinds too, in order. */
  static List<String> names() {
    return Stream.concat(
            Arrays.stream(values()).map(SystemTable::table), Stream.of(TallTable.POINTS))
        .sorted()
        .toList();
  }

  @Override
  public String schema() {
    return SCHEMA;
  }

  @Override
  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<RelationColumn> columns() {
    return columns;
  }
}
