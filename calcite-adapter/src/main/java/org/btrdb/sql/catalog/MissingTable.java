package org.btrdb.sql.catalog;

import java.util.List;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;

/**
 * Says in one line that there is no table of a name, and which name may have been meant. Only this
 * looks at names that nobody asked for, and at a bounded number of them.
 */
final class MissingTable {
  private static final int NAMES_LOOKED_AT = 5_000;

  private final Btrdb btrdb;
  private final SchemaNames schemas;
  private final CallScope scope;

  MissingTable(Btrdb btrdb, SchemaNames schemas, CallScope scope) {
    this.btrdb = btrdb;
    this.schemas = schemas;
    this.scope = scope;
  }

  String text(String schema, String table) {
    SchemaNames.Kind kind =
        schemas.kind(schema).or(() -> schemas.kindInAnyCase(schema)).orElse(null);
    if (kind == null) {
      return stream(schema, table);
    }
    return switch (kind) {
      case WIDE ->
          "no collection '"
              + table
              + "'; a stream is named with its own: \"collection\".\"stream\""
              + collection(table);
      case TALL -> "no collection '" + table + "'" + collection(table);
      case UUID -> "no stream with uuid '" + table + "'";
      case SYSTEM -> {
        NearestName nearest = new NearestName(table);
        SystemTable.names().forEach(nearest::offer);
        yield "no system table '" + table + "'" + nearest.question();
      }
    };
  }

  private String stream(String collection, String table) {
    String missing = "no stream '" + table + "' in collection '" + collection + "'";
    NearestName nearest = new NearestName(table);
    int streams = 0;
    try (Cursor<List<StreamDescriptor>> cursor =
        btrdb.lookup(StreamQuery.inCollection(collection), scope)) {
      while (streams < NAMES_LOOKED_AT && cursor.next()) {
        streams += cursor.current().size();
        cursor.current().forEach(stream -> nearest.offer(stream.name()));
      }
    } catch (BtrdbException e) {
      return missing; // what is missing matters more than why it cannot be guessed
    }
    return streams > 0
        ? missing + nearest.question()
        : missing + ", which has none at all" + collection(collection);
  }

  /** A collection like a missing one: beside it, or else anywhere. */
  private String collection(String missing) {
    NearestName nearest = new NearestName(missing);
    try {
      int slash = missing.lastIndexOf('/');
      offerCollections(nearest, missing.substring(0, slash + 1));
      if (slash >= 0 && nearest.question().isEmpty()) {
        offerCollections(nearest, "");
      }
    } catch (BtrdbException e) {
      return "";
    }
    return nearest.question();
  }

  private void offerCollections(NearestName nearest, String prefix) {
    int collections = 0;
    try (Cursor<List<String>> cursor = btrdb.collections(prefix, scope)) {
      while (collections < NAMES_LOOKED_AT && cursor.next()) {
        collections += cursor.current().size();
        cursor.current().forEach(nearest::offer);
      }
    }
  }
}
