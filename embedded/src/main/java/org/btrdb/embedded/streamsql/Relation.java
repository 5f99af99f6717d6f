package org.btrdb.embedded.streamsql;

import java.util.List;
import org.btrdb.client.model.StreamDescriptor;
import org.jspecify.annotations.Nullable;

/** The columns of the one relation, and its rows. */
final class Relation {
  /** In this order where a star stands for them. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("uuid", Type.UUID),
          new Column("collection", Type.TEXT),
          new Column("name", Type.TEXT),
          new Column("unit", Type.TEXT),
          new Column("ingress", Type.TEXT),
          new Column("distiller", Type.TEXT),
          new Column("property_version", Type.BIGINT),
          new Column("annotations", Type.HSTORE));

  static final int UUID = 0;
  static final int COLLECTION = 1;
  static final int FIRST_TAG = 2;
  static final int LAST_TAG = 5;

  private Relation() {}

  /** A column. */
  record Column(String name, Type type) {}

  /** The slot of a column, or -1. */
  static int indexOf(String name) {
    for (int i = 0; i < COLUMNS.size(); i++) {
      if (COLUMNS.get(i).name.equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** A tag that is not set is empty and not NULL, and so are annotations. */
  static @Nullable Object[] row(StreamDescriptor stream) {
    @Nullable Object[] row = new Object[COLUMNS.size()];
    row[UUID] = stream.uuid();
    row[COLLECTION] = stream.collection();
    for (int i = FIRST_TAG; i <= LAST_TAG; i++) {
      row[i] = stream.tags().getOrDefault(COLUMNS.get(i).name, "");
    }
    row[LAST_TAG + 1] = stream.propertyVersion();
    row[LAST_TAG + 2] = stream.annotations();
    return row;
  }
}
