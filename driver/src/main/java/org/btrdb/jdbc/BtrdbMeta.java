package org.btrdb.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.ConnectionHandle;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.jspecify.annotations.Nullable;

/**
 * Avatica's service handler, reduced to numbering statements.
 *
 * <p>Avatica's execution hands over frames of boxed rows and takes neither a deadline nor a cancel;
 * ours goes from {@link BtrdbStatement} to {@link org.btrdb.sql.SqlSession} directly. Nothing calls
 * the refused methods; were it otherwise, they say so.
 *
 * <p>A proxy, because Avatica's base class loads its protobuf messages: a tenth of what connecting
 * and a first statement take.
 */
final class BtrdbMeta implements InvocationHandler {
  private final AtomicInteger statements = new AtomicInteger();

  private BtrdbMeta() {}

  /** The handler of one connection. */
  static Meta create() {
    return (Meta)
        Proxy.newProxyInstance(
            Meta.class.getClassLoader(), new Class<?>[] {Meta.class}, new BtrdbMeta());
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "createStatement" -> numbered((ConnectionHandle) first(arguments));
      // Nothing is held for a statement, each has been committed, and nothing is ever pending.
      case "closeStatement", "commit", "rollback" -> null;
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == first(arguments);
      case "toString" -> "BtrdbMeta";
      default ->
          throw new UnsupportedOperationException("statements of this driver execute themselves");
    };
  }

  /** Unlike Avatica's, right when several threads make statements. */
  private StatementHandle numbered(ConnectionHandle connection) {
    return new StatementHandle(connection.id, statements.incrementAndGet(), null);
  }

  private static Object first(Object @Nullable [] arguments) {
    if (arguments == null) {
      throw new IllegalArgumentException("no argument");
    }
    return arguments[0];
  }
}
