package org.btrdb.sql.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.Cursor;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;

/**
 * Finds the stream of a table name, with calls that answer no more streams than they must: one
 * look-up for a name in its exact spelling, a second call for one made of a uuid, and only for a
 * name that neither finds all streams of that collection, never of others.
 */
final class TableLookup {
  private static final int CANDIDATES_SHOWN = 10;

  private final Btrdb btrdb;
  private final CallScope scope;

  TableLookup(Btrdb btrdb, CallScope scope) {
    this.btrdb = btrdb;
    this.scope = scope;
  }

  /**
   * The table of a name in a collection.
   *
   * @throws BtrdbException {@link ErrorCode#INVALID_NAME} if the name fits several streams
   */
  Optional<StreamTable> find(String collection, String table) {
    if (collection.isEmpty() || table.isEmpty()) {
      return Optional.empty(); // no name of BTrDB; older servers refuse to look for it
    }
    Optional<StreamTable> found = only(collection, table, exact(collection, table));
    if (found.isEmpty()) {
      found = ofUuid(collection, table);
    }
    if (found.isEmpty()) {
      found = ofSuffixedName(collection, table);
    }
    return found.isPresent() ? found : inAnyCase(collection, table);
  }

  /** The table of a stream of exactly that name. */
  Optional<StreamTable> findExact(String collection, String table) {
    return collection.isEmpty() || table.isEmpty()
        ? Optional.empty()
        : only(collection, table, exact(collection, table));
  }

  /** The table that a uuid names in a schema of all of them. */
  Optional<StreamTable> findByUuid(String schema, String text) {
    UUID uuid =
        uuid(text)
            .orElseThrow(
                () -> new BtrdbException(ErrorCode.INVALID_NAME, "not a uuid: '" + text + "'"));
    return btrdb.stream(uuid, scope).map(s -> new StreamTable(schema, uuid.toString(), s));
  }

  /**
   * The tables that have exactly a name in listings, at most one for each collection, in order of
   * the collections.
   *
   * @param collections without conditions on tags
   */
  List<StreamTable> listed(StreamQuery collections, String table) {
    Map<String, StreamTable> found = new TreeMap<>(SchemaNames.BYTE_ORDER);
    if (table.isEmpty()) {
      return List.of();
    }
    addListed(found, collections, table, table);
    namelessOf(table)
        .flatMap(uuid -> btrdb.stream(uuid, scope))
        .filter(s -> s.name().isEmpty() && isIn(collections, s))
        .ifPresent(
            s -> found.putIfAbsent(s.collection(), new StreamTable(s.collection(), table, s)));
    SuffixedName.of(table)
        .filter(suffixed -> !suffixed.name().isEmpty())
        .ifPresent(suffixed -> addListed(found, collections, suffixed.name(), table));
    return List.copyOf(found.values());
  }

  private void addListed(
      Map<String, StreamTable> found, StreamQuery collections, String name, String table) {
    Map<String, List<StreamDescriptor>> named = new HashMap<>();
    each(
        collections.withTag(StreamDescriptor.NAME, name),
        s -> named.computeIfAbsent(s.collection(), c -> new ArrayList<>()).add(s));
    named.forEach(
        (collection, streams) ->
            TableNames.tables(collection, streams).stream()
                .filter(t -> t.table().equals(table))
                .forEach(t -> found.putIfAbsent(collection, t)));
  }

  private static boolean isIn(StreamQuery collections, StreamDescriptor stream) {
    return collections.isPrefix()
        ? stream.collection().startsWith(collections.collection())
        : stream.collection().equals(collections.collection());
  }

  /** The streams of a collection that are called exactly so. */
  private List<StreamTable> exact(String collection, String name) {
    List<StreamDescriptor> streams = new ArrayList<>();
    StreamQuery query = StreamQuery.inCollection(collection).withTag(StreamDescriptor.NAME, name);
    each(query, streams::add);
    return TableNames.tables(collection, streams);
  }

  /** A stream without a name. */
  private Optional<StreamTable> ofUuid(String collection, String table) {
    return namelessOf(table)
        .flatMap(u -> btrdb.stream(u, scope))
        .filter(s -> s.collection().equals(collection) && s.name().isEmpty())
        .map(s -> new StreamTable(collection, table, s));
  }

  /** The uuid in a table name that can be that of a stream without a name. */
  private static Optional<UUID> namelessOf(String table) {
    return uuid(table)
        .or(
            () ->
                SuffixedName.of(table)
                    .filter(s -> s.name().isEmpty())
                    .flatMap(s -> uuidOfDigits(s.digits())));
  }

  /** One of several streams of a name; more digits than are needed are as good. */
  private Optional<StreamTable> ofSuffixedName(String collection, String table) {
    return SuffixedName.of(table)
        .filter(suffixed -> !suffixed.name().isEmpty())
        .flatMap(
            suffixed ->
                only(
                    collection,
                    table,
                    exact(collection, suffixed.name()).stream()
                        .filter(t -> suffixed.fits(t.stream()))
                        .toList()));
  }

  private Optional<StreamTable> inAnyCase(String collection, String table) {
    Optional<SuffixedName> suffixed = SuffixedName.of(table);
    String stem = suffixed.map(SuffixedName::name).orElse(table);
    List<StreamDescriptor> alike = new ArrayList<>();
    each(
        StreamQuery.inCollection(collection),
        stream -> {
          if (stream.name().equalsIgnoreCase(table) || stream.name().equalsIgnoreCase(stem)) {
            alike.add(stream);
          }
        });
    return only(
        collection,
        table,
        TableNames.tables(collection, alike).stream()
            .filter(
                t ->
                    t.stream().name().equalsIgnoreCase(table)
                        || suffixed.filter(s -> s.fits(t.stream())).isPresent())
            .toList());
  }

  private void each(StreamQuery query, Consumer<StreamDescriptor> consumer) {
    try (Cursor<List<StreamDescriptor>> cursor = btrdb.lookup(query, scope)) {
      while (cursor.next()) {
        cursor.current().forEach(consumer);
      }
    }
  }

  private static Optional<StreamTable> only(
      String collection, String name, List<StreamTable> candidates) {
    if (candidates.size() > 1) {
      String shown =
          String.join(
              ", ",
              candidates.stream().limit(CANDIDATES_SHOWN).map(t -> '"' + t.table() + '"').toList());
      int more = candidates.size() - CANDIDATES_SHOWN;
      throw new BtrdbException(
          ErrorCode.INVALID_NAME,
          "'"
              + name
              + "' in collection '"
              + collection
              + "' is ambiguous: "
              + shown
              + (more > 0 ? " and " + more + " more" : ""));
    }
    return candidates.stream().findFirst();
  }

  /** Only the usual form: Java would also take {@code 1-2-3-4-5}. */
  private static Optional<UUID> uuid(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      return uuid.toString().equalsIgnoreCase(text) ? Optional.of(uuid) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<UUID> uuidOfDigits(String digits) {
    return digits.length() == SuffixedName.MAX_DIGITS
        ? uuid(
            new StringBuilder(digits)
                .insert(20, '-')
                .insert(16, '-')
                .insert(12, '-')
                .insert(8, '-')
                .toString())
        : Optional.empty();
  }
}
