package org.btrdb.sql.exec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.MetadataChange;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.RelationColumn;
import org.btrdb.sql.catalog.SystemTable;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.read.Session;
import org.btrdb.sql.row.ColumnType;
import org.btrdb.sql.row.RowCursor;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE btrdb.streams: the collection, tags and annotations of the streams that a condition
 * chooses. Each stream is changed only if nobody else has changed it since it was read; the
 * statement is not atomic.
 *
 * @param columnsSet names of the columns set
 * @param rows every column of the table and after them the new values
 */
record StreamsUpdate(
    Session session,
    List<String> columnsSet,
    QueryPlan rows,
    List<ColumnType> parameters,
    ParameterBinding binding)
    implements UpdateStatement {
  private static final String COLLECTION = "collection";
  private static final String ANNOTATIONS = "annotations";

  private static final int UUID_COLUMN = column("uuid");
  private static final int VERSION_COLUMN = column("property_version");
  private static final int WIDTH = SystemTable.STREAMS.columns().size();

  StreamsUpdate {
    columnsSet = List.copyOf(columnsSet);
    for (String name : columnsSet) {
      if (!StreamDescriptor.TAGS.contains(name)
          && !name.equals(COLLECTION)
          && !name.equals(ANNOTATIONS)) {
        throw new SqlRefusal(
            SqlRefusal.Reason.UNSUPPORTED,
            "column '"
                + name
                + "' of btrdb.streams cannot be changed; collection, name, unit,"
                + " ingress, distiller and annotations can",
            null);
      }
    }
    if (new HashSet<>(columnsSet).size() < columnsSet.size()) {
      throw new SqlRefusal(SqlRefusal.Reason.INVALID, "UPDATE sets a column twice", null);
    }
  }

  private static int column(String name) {
    List<RelationColumn> columns = SystemTable.STREAMS.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /**
   * What becomes of one stream.
   *
   * @param collection the new one; null to leave it
   * @param annotations all of them; null to leave them
   */
  private record Edit(
      UUID uuid,
      long propertyVersion,
      @Nullable String collection,
      MetadataChange tags,
      @Nullable MetadataChange annotations) {}

  @Override
  public String verb() {
    return "UPDATE";
  }

  @Override
  public long update(List<@Nullable Object> values, CallScope scope) {
    List<Edit> edits = edits(new Execution(session, scope, binding.bind(values)));
    if (!edits.isEmpty() && !session.btrdb().capabilities().editableTags() && changesTags()) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNSUPPORTED,
          "this server cannot change tags or the collection of a stream, only annotations",
          null);
    }
    try {
      for (Edit edit : edits) {
        apply(edit, scope);
      }
    } finally {
      session.catalog().forget();
    }
    return edits.size();
  }

  private boolean changesTags() {
    return !columnsSet.equals(List.of(ANNOTATIONS));
  }

  /** All of them before the first is made, so that none changes what the condition chooses. */
  private List<Edit> edits(Execution execution) {
    List<Edit> edits = new ArrayList<>();
    try (RowCursor cursor = rows.open(execution)) {
      while (cursor.next()) {
        edits.add(edit(cursor));
      }
    }
    return edits;
  }

  private Edit edit(RowCursor row) {
    UUID uuid = (UUID) Objects.requireNonNull(row.getObject(UUID_COLUMN));
    Map<String, String> tags = new HashMap<>();
    Set<String> without = new HashSet<>();
    String collection = null;
    MetadataChange annotations = null;
    for (int i = 0; i < columnsSet.size(); i++) {
      String name = columnsSet.get(i);
      Object value = row.getObject(WIDTH + i);
      if (value != null && value.equals(row.getObject(column(name)))) {
        continue;
      }
      if (StreamDescriptor.TAGS.contains(name)) {
        if (value == null) {
          without.add(name);
        } else {
          tags.put(name, value.toString());
        }
      } else if (value == null) {
        throw new SqlRefusal(
            SqlRefusal.Reason.NOT_NULL, name + " of stream " + uuid + " cannot be NULL", null);
      } else if (name.equals(COLLECTION)) {
        collection = value.toString();
      } else {
        annotations = replacement(row.getObject(column(ANNOTATIONS)), (Map<?, ?>) value);
      }
    }
    return new Edit(
        uuid,
        row.getLong(VERSION_COLUMN),
        collection,
        new MetadataChange(tags, without),
        annotations);
  }

  private static MetadataChange replacement(@Nullable Object old, Map<?, ?> wanted) {
    Map<String, String> changes = new HashMap<>();
    Set<String> removals = new HashSet<>();
    if (old instanceof Map<?, ?> before) {
      before.keySet().forEach(key -> removals.add(String.valueOf(key)));
    }
    wanted.forEach(
        (key, value) -> {
          if (key == null || value == null) {
            throw new SqlRefusal(
                SqlRefusal.Reason.NOT_NULL, "an annotation has a key and a value", null);
          }
          changes.put(key.toString(), value.toString());
          removals.remove(key.toString());
        });
    return new MetadataChange(changes, removals);
  }

  private void apply(Edit edit, CallScope scope) {
    long version = edit.propertyVersion;
    boolean hasTags = !edit.tags.changes().isEmpty() || !edit.tags.removals().isEmpty();
    if (hasTags || edit.collection != null) {
      session.btrdb().setTags(edit.uuid, version, edit.collection, edit.tags, scope);
      version++;
    }
    if (edit.annotations != null) {
      if (version != edit.propertyVersion) {
        checkVersion(edit.uuid, version, scope);
      }
      session.btrdb().setAnnotations(edit.uuid, version, edit.annotations, scope);
    }
  }

  /** A server that counts in another way is noticed before its annotations are replaced. */
  private void checkVersion(UUID uuid, long expected, CallScope scope) {
    Optional<StreamDescriptor> stream = session.btrdb().stream(uuid, scope);
    if (stream.isEmpty() || stream.get().propertyVersion() != expected) {
      throw new BtrdbException(
          ErrorCode.CONCURRENT_CHANGE,
          "stream "
              + uuid
              + " was changed by somebody else; its tags are set, its annotations not");
    }
  }
}
