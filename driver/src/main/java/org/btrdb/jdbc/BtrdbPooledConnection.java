package org.btrdb.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * What a connection works on, lent as connections one after the other: a new one closes the one
 * before. Each begins in the state of a new connection and closes its statements with itself.
 */
final class BtrdbPooledConnection implements PooledConnection, ConnectionLender {
  private final BtrdbConnection physical;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private final List<StatementEventListener> statementListeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable BtrdbConnection> lent = new AtomicReference<>();

  BtrdbPooledConnection(BtrdbConnection physical) {
    this.physical = physical;
  }

  @Override
  public Connection getConnection() throws SQLException {
    physical.checkOpen();
    BtrdbConnection next = physical.lent(this);
    BtrdbConnection before = lent.getAndSet(next);
    if (before != null) {
      before.close();
    }
    return next;
  }

  /** Closes what is lent too; listeners are not told of what their own pool does. */
  @Override
  public void close() throws SQLException {
    BtrdbConnection borrowed = lent.getAndSet(null);
    try {
      if (borrowed != null) {
        borrowed.markDead();
        borrowed.closeStatements();
      }
    } finally {
      physical.close();
    }
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void addStatementEventListener(StatementEventListener listener) {
    statementListeners.add(listener);
  }

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {
    statementListeners.remove(listener);
  }

  // What a borrower did, or met.

  @Override
  public void closed(BtrdbConnection connection) {
    if (connection.isDead()) {
      // Closed before its failure was seen: as good as failed, and not to be lent again.
      failed(connection, SqlErrors.closed("connection"));
    } else if (lent.compareAndSet(connection, null)) {
      ConnectionEvent event = new ConnectionEvent(this);
      listeners.forEach(listener -> listener.connectionClosed(event));
    }
  }

  @Override
  public void failed(BtrdbConnection connection, SQLException failure) {
    boolean dead = connection.isDead();
    if (dead ? !lent.compareAndSet(connection, null) : lent.get() != connection) {
      return; // given back before: the connection that is lent now is none of its business
    }
    if (dead) {
      physical.markDead();
    }
    ConnectionEvent event = new ConnectionEvent(this, failure);
    listeners.forEach(listener -> listener.connectionErrorOccurred(event));
  }

  @Override
  public void closed(PreparedStatement statement) {
    StatementEvent event = new StatementEvent(this, statement);
    statementListeners.forEach(listener -> listener.statementClosed(event));
  }

  @Override
  public void failed(PreparedStatement statement, SQLException failure) {
    StatementEvent event = new StatementEvent(this, statement, failure);
    statementListeners.forEach(listener -> listener.statementErrorOccurred(event));
  }
}
