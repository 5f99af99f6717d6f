package org.btrdb.sql.exec;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.NewStream;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.row.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * CREATE TABLE: a new stream with a random uuid. BTrDB itself would allow two streams of one name
 * with other tags; here a second one is refused, as it would make the name ambiguous.
 */
record CreateStreamStatement(Session session, StreamDefinition definition)
    implements UpdateStatement {

  @Override
  public String verb() {
    return "CREATE TABLE";
  }

  @Override
  public List<ColumnType> parameters() {
    return List.of();
  }

  @Override
  public long update(List<@Nullable Object> parameters, CallScope scope) {
    String name = String.valueOf(definition.tags().get(StreamDescriptor.NAME));
    if (session.catalog().schemaNames().hides(definition.collection())) {
      throw new SqlRefusal(
          SqlRefusal.Reason.INVALID,
          "schema '"
              + definition.collection()
              + "' is no collection: no stream can be created in it",
          null);
    }
    boolean exists = session.catalog().hasStream(definition.collection(), name, scope);
    if (exists && definition.ifNotExists()) {
      return 0;
    }
    if (exists) {
      throw new BtrdbException(
          ErrorCode.STREAM_EXISTS,
          "stream '" + name + "' in collection '" + definition.collection() + "' exists already");
    }
    session
        .btrdb()
        .create(
            new NewStream(UUID.randomUUID(), definition.collection(), definition.tags(), Map.of()),
            scope);
    return 0;
  }
}
