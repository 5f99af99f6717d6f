package org.btrdb.bench;

import java.nio.file.Path;
import java.sql.SQLException;

/** What is compared: ours by its own calls and through our driver, the others through theirs. */
enum EngineKind {
  BTRDB,
  BTRDB_SQL,
  /** The store of {@link #BTRDB}, read through our driver: one store in a small heap. */
  BTRDB_SQL_SHARED,
  DUCKDB,
  H2;

  /** What the tables call it. */
  String title() {
    return switch (this) {
      case BTRDB -> "btrdb, own calls";
      case BTRDB_SQL, BTRDB_SQL_SHARED -> "btrdb, java.sql";
      case DUCKDB -> "DuckDB";
      case H2 -> "H2";
    };
  }

  /** Whose directory it reads. */
  EngineKind owner() {
    return this == BTRDB_SQL_SHARED ? BTRDB : this;
  }

  /** Makes an empty database in a directory that is empty. */
  PointEngine create(Path directory) throws SQLException {
    return switch (this) {
      case BTRDB -> BtrdbEngine.open(directory);
      case BTRDB_SQL, BTRDB_SQL_SHARED -> SqlEngine.create(SqlDialect.BTRDB, directory);
      case DUCKDB -> SqlEngine.create(SqlDialect.DUCKDB, directory);
      case H2 -> SqlEngine.create(SqlDialect.H2, directory);
    };
  }

  /** Opens the database of a directory. */
  PointEngine open(Path directory) throws SQLException {
    return switch (this) {
      case BTRDB -> BtrdbEngine.open(directory);
      case BTRDB_SQL, BTRDB_SQL_SHARED -> SqlEngine.open(SqlDialect.BTRDB, directory);
      case DUCKDB -> SqlEngine.open(SqlDialect.DUCKDB, directory);
      case H2 -> SqlEngine.open(SqlDialect.H2, directory);
    };
  }
}
