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
      return catalog
          .table(Catalog.UUID_SCHEMA, text, scope)
          .orElseThrow(() -> missing(text, Catalog.UUID_SCHEMA));
    }
    int last = text.lastIndexOf('/');
    if (last < 0) {
      throw new SqlRefusal(
          SqlRefusal.Reason.UNKNOWN_TABLE,
          "no stream '" + text + "'; write 'collection/name', or a uuid",
          null);
    }
    Optional<StreamTable> alike = Optional.empty();
    for (int slash = last; slash > 0; slash = text.lastIndexOf('/', slash - 1)) {
      String name = text.substring(slash + 1);
      Optional<StreamTable> found = catalog.table(text.substring(0, slash), name, scope);
      if (found.isPresent() && found.get().table().equals(name)) {
        return found.get();
      }
      alike = alike.isPresent() ? alike : found;
    }
    return alike.orElseThrow(() -> missing(text.substring(last + 1), text.substring(0, last)));
  }

  private static SqlRefusal missing(String name, String collection) {
    return new SqlRefusal(
        SqlRefusal.Reason.UNKNOWN_TABLE,
        "no stream '" + name + "' in collection '" + collection + "'",
        null);
  }

  /** What stands for a stream until its id is known. */
  public static StreamTable unknown(Scalar id) {
    StreamDescriptor none =
        new StreamDescriptor(new UUID(0, 0), "", java.util.Map.of(), java.util.Map.of(), 0);
    return new StreamTable("stream", id.text(), none);
  }
}
