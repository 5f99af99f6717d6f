package org.btrdb.sql.read;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.sql.SqlRefusal;
import org.btrdb.sql.catalog.Catalog;
import org.btrdb.sql.catalog.StreamTable;

/** Streams named by a value: a uuid, the text of one, or {@code collection/name}. */
public final class StreamIds {
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private StreamIds() {}

  /**
   * The stream of an id. A path is divided at its last slash or, if nothing is found there, further
   * left, as names may have slashes too; an exact spelling goes before all others.
   *
   * @param id a uuid or text
   * @throws SqlRefusal if there is none
   */
  public static StreamTable find(Object id, Catalog catalog, CallScope scope) {
    String text = id.toString();
    if (id instanceof UUID || UUID_TEXT.matcher(text).matches()) {
      String uuids = catalog.schemaNames().uuid();
      return stream(uuids, text, catalog, scope)
          .orElseThrow(() -> missing(uuids, text, catalog, scope));
    }
    int last = text.lastIndexOf('/');
    if (last <= 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNKNOWN_TABLE,
          "no stream '" + text + "'; write 'collection/name', or a uuid",
          null);
    }
    Optional<StreamTable> alike = Optional.empty();
    for (int slash = last; slash > 0; slash = text.lastIndexOf('/', slash - 1)) {
      String name = text.substring(slash + 1);
      Optional<StreamTable> found = stream(text.substring(0, slash), name, catalog, scope);
      if (found.isPresent() && found.get().table().equals(name)) {
        return found.get();
      }
      alike = alike.isPresent() ? alike : found;
    }
    return alike.orElseThrow(
        () -> missing(text.substring(0, last), text.substring(last + 1), catalog, scope));
  }

  /** A stream, as a table of it is found; also one of a collection that a schema's name hides. */
  private static Optional<StreamTable> stream(
      String schema, String name, Catalog catalog, CallScope scope) {
    boolean hidden =
        catalog.schemaNames().isReserved(schema) && !schema.equals(catalog.schemaNames().uuid());
    return hidden
        ? catalog.table(schema, name, scope)
        : catalog
            .relation(schema, name, scope)
            .filter(StreamTable.class::isInstance)
            .map(StreamTable.class::cast);
  }

  private static SqlRefusal missing(String schema, String name, Catalog catalog, CallScope scope) {
    return new SqlRefusal(
        SqlRefusal.Reason.UNKNOWN_TABLE, catalog.missing(schema, name, scope), null);
  }

  /** What stands for a stream until its id is known. */
  public static StreamTable unknown(Scalar id) {
    return new StreamTable("stream", id.text(), withoutTags(new UUID(0, 0)));
  }

  /** The stream of a uuid, which is not looked up. */
  static StreamTable of(UUID uuid, Catalog catalog) {
    return new StreamTable(catalog.schemaNames().uuid(), uuid.toString(), withoutTags(uuid));
  }

  private static StreamDescriptor withoutTags(UUID uuid) {
    return new StreamDescriptor(uuid, "", java.util.Map.of(), java.util.Map.of(), 0);
  }
}
