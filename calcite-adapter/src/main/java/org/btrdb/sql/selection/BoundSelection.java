package org.btrdb.sql.selection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.sql.read.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * A selection with the values of one run of a statement, at least one stream of which can exist.
 *
 * @param collection the exact collection, or the prefix
 * @param isPrefix whether it is a prefix
 * @param tags values that tags must have
 * @param annotations values that annotations must have
 * @param uuids the uuids it can be; null for any
 */
public record BoundSelection(
    String collection,
    boolean isPrefix,
    Map<String, String> tags,
    Map<String, String> annotations,
    @Nullable Set<UUID> uuids) {

  /** The selection with its values; empty if they contradict each other or one is NULL. */
  public static Optional<BoundSelection> of(
      StreamSelection selection, List<@Nullable Object> parameters) {
    try {
      return Optional.of(new Values(parameters).bound(selection));
    } catch (NoStream e) {
      return Optional.empty();
    }
  }

  /** Computes the values. */
  private record Values(List<@Nullable Object> parameters) {

    BoundSelection bound(StreamSelection selection) {
      String prefix = "";
      for (Scalar scalar : selection.prefixes()) {
        prefix = longer(prefix, text(scalar));
      }
      String exact = one(selection.collections());
      if (exact != null && (exact.isEmpty() || !exact.startsWith(prefix))) {
        throw new NoStream();
      }
      Map<String, String> tags = all(selection.tags());
      if (tags.containsValue("")) {
        throw new NoStream(); // an unset tag is NULL, which equals nothing
      }
      return new BoundSelection(
          exact == null ? prefix : exact,
          exact == null,
          tags,
          all(selection.annotations()),
          uuids(selection));
    }

    private static String longer(String a, String b) {
      String longer = a.length() > b.length() ? a : b;
      if (!longer.startsWith(a) || !longer.startsWith(b)) {
        throw new NoStream();
      }
      return longer;
    }

    private Map<String, String> all(Map<String, List<Scalar>> conditions) {
      Map<String, String> values = new HashMap<>();
      conditions.forEach((key, scalars) -> values.put(key, String.valueOf(one(scalars))));
      return values;
    }

    private @Nullable String one(List<Scalar> scalars) {
      String value = null;
      for (Scalar scalar : scalars) {
        String next = text(scalar);
        if (value != null && !value.equals(next)) {
          throw new NoStream();
        }
        value = next;
      }
      return value;
    }

    private @Nullable Set<UUID> uuids(StreamSelection selection) {
      Set<UUID> common = null;
      for (List<Scalar> anyOf : selection.uuids()) {
        Set<UUID> these = new LinkedHashSet<>();
        for (Scalar scalar : anyOf) {
          if (scalar.body().value(parameters) instanceof UUID uuid) {
            these.add(uuid);
          }
        }
        if (common != null) {
          these.retainAll(common);
        }
        common = these;
      }
      if (common != null && common.isEmpty()) {
        throw new NoStream();
      }
      return common;
    }

    private String text(Scalar scalar) {
      Object value = scalar.body().value(parameters);
      if (value == null) {
        throw new NoStream();
      }
      return value.toString();
    }
  }

  /** The conditions contradict each other. */
  private static final class NoStream extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoStream() {
      super(null, null, false, false);
    }
  }

  /** The look-up that answers it; only for one without uuids. */
  StreamQuery query() {
    Map<String, Optional<String>> tagValues = new HashMap<>();
    tags.forEach((key, value) -> tagValues.put(key, Optional.of(value)));
    Map<String, Optional<String>> annotationValues = new HashMap<>();
    annotations.forEach((key, value) -> annotationValues.put(key, Optional.of(value)));
    return new StreamQuery(collection, isPrefix, tagValues, annotationValues);
  }

  /**
   * The same collections and, if it asks for one, the same name: the streams on which the names of
   * its tables depend.
   */
  BoundSelection withNamesakes() {
    Map<String, String> name = new HashMap<>(tags);
    name.keySet().retainAll(Set.of(StreamDescriptor.NAME));
    return new BoundSelection(collection, isPrefix, name, Map.of(), null);
  }

  /** Whether every stream that there is is among the selected. */
  public boolean isEverything() {
    return isPrefix
        && collection.isEmpty()
        && tags.isEmpty()
        && annotations.isEmpty()
        && uuids == null;
  }

  /** Whether a stream is among the selected. */
  public boolean matches(StreamDescriptor stream) {
    return (isPrefix
            ? stream.collection().startsWith(collection)
            : stream.collection().equals(collection))
        && stream.tags().entrySet().containsAll(tags.entrySet())
        && stream.annotations().entrySet().containsAll(annotations.entrySet())
        && (uuids == null || uuids.contains(stream.uuid()));
  }

  /** The uuids in the order of the statement. */
  List<UUID> uuidList() {
    return uuids == null ? List.of() : new ArrayList<>(uuids);
  }
}
