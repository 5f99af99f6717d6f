package org.btrdb.sql.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;

/**
 * The names of the schemas that are no collections. A collection that has one of them is hidden
 * behind it, but for its tables in the schemas of wide and tall tables; another name brings it
 * back.
 *
 * @param wide of the wide tables of collections, in which a table without a schema is looked for
 * @param tall of the tall tables of collections
 * @param uuid of all streams, named by their uuids
 * @param system of the tables about streams, the server and the session
 */
public record SchemaNames(String wide, String tall, String uuid, String system) {

  /** The order in which servers list collections: that of the UTF-8 bytes. */
  public static final Comparator<String> BYTE_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /** {@code wide}, {@code tall}, {@code uuid} and {@code btrdb}. */
  public static final SchemaNames DEFAULT =
      new SchemaNames(WideTable.SCHEMA, TallTable.SCHEMA, Catalog.UUID_SCHEMA, SystemTable.SCHEMA);

  /** What such a schema holds. */
  enum Kind {
    WIDE,
    TALL,
    UUID,
    SYSTEM
  }

  /**
   * Checks the names.
   *
   * @throws BtrdbException {@link ErrorCode#INVALID_ARGUMENT} if one is empty or two are the same
   *     in any case
   */
  public SchemaNames {
    List<String> names = List.of(wide, tall, uuid, system);
    long different = names.stream().map(n -> n.toLowerCase(Locale.ROOT)).distinct().count();
    if (names.contains("") || different < names.size()) {
      throw new BtrdbException(
          ErrorCode.INVALID_ARGUMENT,
          "schemas of wide and tall tables, uuids and system tables need four different names, not "
              + String.join(", ", names));
    }
  }

  /** The name of what a schema holds. */
  String of(Kind kind) {
    return switch (kind) {
      case WIDE -> wide;
      case TALL -> tall;
      case UUID -> uuid;
      case SYSTEM -> system;
    };
  }

  /** What the schema of a name holds, in its exact spelling; empty for a collection. */
  Optional<Kind> kind(String schema) {
    return Arrays.stream(Kind.values()).filter(kind -> of(kind).equals(schema)).findFirst();
  }

  /** The same for a name in any case. */
  Optional<Kind> kindInAnyCase(String schema) {
    return Arrays.stream(Kind.values())
        .filter(kind -> of(kind).equalsIgnoreCase(schema))
        .findFirst();
  }

  /** Those whose tables can be listed, in order; the schema of uuids has none to show. */
  public List<String> listed() {
    return Stream.of(wide, tall, system).sorted(BYTE_ORDER).toList();
  }

  /** Whether a name is one of the four and therefore no collection's. */
  public boolean isReserved(String schema) {
    return kind(schema).isPresent();
  }

  /** Whether something else is found under the name of a collection. */
  public boolean hides(String collection) {
    return isReserved(collection) || collection.equalsIgnoreCase(InformationTable.SCHEMA);
  }
}
