package org.btrdb.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Who lent a connection, and keeps what is behind it: told what becomes of it, on any thread. */
interface ConnectionLender {

  /** The connection was closed, after its statements. */
  void closed(BtrdbConnection connection);

  /** The connection is of no use any more, or may be: about to be thrown. */
  void failed(BtrdbConnection connection, SQLException failure);

  /** A prepared statement of a connection that was lent was closed. */
  void closed(PreparedStatement statement);

  /** The same of a prepared statement, besides its connection's failure. */
  void failed(PreparedStatement statement, SQLException failure);
}
