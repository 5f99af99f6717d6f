package org.btrdb.sql.exec;

import java.util.Map;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Execution;
import org.jspecify.annotations.Nullable;

/** What generated code may ask for: parameters, and what the plan put by. */
final class ExecutionContext implements DataContext {
  private final Execution execution;
  private final JavaTypeFactory types;
  private final Map<String, Object> stashed;
  private final Set<Integer> limits;

  /**
   * What generated code reads while it runs.
   *
   * @param limits the numbers of the parameters that are a LIMIT or OFFSET
   */
  ExecutionContext(
      Execution execution,
      JavaTypeFactory types,
      Map<String, Object> stashed,
      Set<Integer> limits) {
    this.execution = execution;
    this.limits = limits;
    this.types = types;
    this.stashed = stashed;
  }

  Execution execution() {
    return execution;
  }

  @Override
  public @Nullable SchemaPlus getRootSchema() {
    return null;
  }

  @Override
  public JavaTypeFactory getTypeFactory() {
    return types;
  }

  @Override
  @SuppressWarnings("NullAway") // generated code asks for none
  public QueryProvider getQueryProvider() {
    return null;
  }

  @Override
  public @Nullable Object get(String name) {
    if (name.startsWith("?")) {
      int number = Integer.parseInt(name.substring(1));
      Object value = execution.parameters().get(number);
      return value instanceof Long rows && limits.contains(number) ? limit(rows) : value;
    }
    return stashed.get(name);
  }

  /** Generated code counts rows as Java counts what is in an array. */
  private static Integer limit(long rows) {
    if (rows > Integer.MAX_VALUE) {
      throw new SqlRefusal(
          SqlRefusal.Reason.OUT_OF_RANGE,
          "LIMIT and OFFSET of this statement take at most " + Integer.MAX_VALUE + ", not " + rows,
          null);
    }
    return (int) rows;
  }
}
