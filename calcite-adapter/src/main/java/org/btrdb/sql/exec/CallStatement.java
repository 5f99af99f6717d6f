package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.read.StreamIds;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * CALL of a procedure; the count is 1, the stream it was about.
 *
 * @param arguments a query of one row, a text for each argument of the procedure
 */
record CallStatement(Session session, Procedure procedure, Planner.Planned arguments)
    implements UpdateStatement {

  @Override
  public String verb() {
    return "CALL";
  }

  @Override
  public List<ColumnType> parameters() {
    return arguments.parameters();
  }

  @Override
  public long update(List<@Nullable Object> values, CallScope scope) {
    List<@Nullable String> texts = texts(values, scope);
    switch (procedure) {
      case FLUSH -> session.btrdb().flush(stream(texts, scope), scope);
      case OBLITERATE -> {
        session.btrdb().obliterate(stream(texts, scope), scope);
        session.catalog().forget();
      }
      case CREATE_STREAM -> create(texts, scope);
    }
    return 1;
  }

  private List<@Nullable String> texts(List<@Nullable Object> values, CallScope scope) {
    Execution execution = new Execution(session, scope, arguments.binding().bind(values));
    List<@Nullable String> texts = new ArrayList<>();
    try (RowCursor row = arguments.plan().open(execution)) {
      row.next();
      for (int i = 0; i < procedure.arguments().size(); i++) {
        Object value = row.getObject(i);
        texts.add(value == null ? null : value.toString());
      }
    }
    return texts;
  }

  private String required(List<@Nullable String> texts, int index) {
    String text = texts.get(index);
    if (text == null) {
      throw new SqlRefusal(
          SqlRefusal.Reason.NOT_NULL,
          procedure.arguments().get(index)
              + " of "
              + procedure.name().toLowerCase(Locale.ROOT)
              + " is NULL",
          null);
    }
    return text;
  }

  private UUID stream(List<@Nullable String> texts, CallScope scope) {
    return StreamIds.find(required(texts, 0), session.catalog(), scope).stream().uuid();
  }

  private void create(List<@Nullable String> texts, CallScope scope) {
    Map<String, String> tags = new HashMap<>();
    tags.put(StreamDescriptor.NAME, required(texts, 1));
    for (int i = 2; i < texts.size(); i++) {
      String text = texts.get(i);
      if (text != null) {
        tags.put(procedure.arguments().get(i), text);
      }
    }
    new StreamDefinition(required(texts, 0), tags, false)
        .statement(session)
        .update(List.of(), scope);
  }
}
