package org.btrdb.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection, lent as handles one after the other: a new handle closes the one before.
 * Each begins in the state of a new connection. Statements are the physical connection's own and
 * name it; they are closed with their handle.
 */
final class BtrdbPooledConnection implements PooledConnection {
  private final BtrdbConnection physical;
  private final @Nullable String schema;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable Handle lent;

  BtrdbPooledConnection(BtrdbConnection physical) throws SQLException {
    this.physical = physical;
    this.schema = physical.getSchema();
  }

  @Override
  public synchronized Connection getConnection() throws SQLException {
    if (lent != null) {
      lent.end();
    }
    physical.setAutoCommit(true);
    physical.setReadOnly(false);
    physical.setSchema(schema);
    physical.setNetworkTimeout(Runnable::run, 0);
    physical.clearWarnings();
    Handle handle = new Handle();
    lent = handle;
    return (Connection)
        Proxy.newProxyInstance(
            BtrdbPooledConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            handle);
  }

  @Override
  public void close() throws SQLException {
    physical.close();
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  /** Statements are not pooled, so there is nothing to tell. */
  @Override
  public void addStatementEventListener(StatementEventListener listener) {}

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {}

  private void tell(Consumer<ConnectionEventListener> what) {
    listeners.forEach(what);
  }

  /** What a borrower holds. */
  private final class Handle implements InvocationHandler {
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Whether it ended now. */
    boolean end() throws SQLException {
      if (!ended.compareAndSet(false, true)) {
        return false;
      }
      physical.closeStatements();
      return true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          if (end()) {
            tell(l -> l.connectionClosed(new ConnectionEvent(BtrdbPooledConnection.this)));
          }
          return null;
        }
        case "isClosed" -> {
          return ended.get() || physical.isClosed();
        }
        case "equals" -> {
          return arguments != null && proxy == arguments[0];
        }
        case "hashCode" -> {
          return System.identityHashCode(proxy);
        }
        case "toString" -> {
          return "handle of " + physical;
        }
        default -> {
          return onPhysical(method, arguments);
        }
      }
    }

    private @Nullable Object onPhysical(Method method, Object @Nullable [] arguments)
        throws Throwable {
      if (ended.get()) {
        if (method.getName().equals("isValid")) {
          return false;
        }
        throw SqlErrors.closed("connection");
      }
      try {
        return method.invoke(physical, arguments);
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof SQLException failure && isFatal(failure)) {
          tell(
              l ->
                  l.connectionErrorOccurred(
                      new ConnectionEvent(BtrdbPooledConnection.this, failure)));
        }
        throw e.getCause();
      }
    }

    private boolean isFatal(SQLException failure) {
      String state = failure.getSQLState();
      return physical.isClosed() || (state != null && state.startsWith("08"));
    }
  }
}
