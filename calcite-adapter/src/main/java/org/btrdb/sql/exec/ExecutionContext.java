package org.btrdb.sql.exec;

import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.schema.SchemaPlus;
import org.btrdb.sql.read.Execution;
import org.jspecify.annotations.Nullable;

/** What generated code may ask for: parameters, and what the plan put by. */
final class ExecutionContext implements DataContext {
  private final Execution execution;
  private final JavaTypeFactory types;
  private final Map<String, Object> stashed;

  ExecutionContext(Execution execution, JavaTypeFactory types, Map<String, Object> stashed) {
    this.execution = execution;
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
      return execution.parameters().get(Integer.parseInt(name.substring(1)));
    }
    return stashed.get(name);
  }
}
