package org.btrdb.embedded.server.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The prefixes of collections in which something is permitted. Prefixes are characters, not path
 * components: {@code a/b} covers {@code a/bc} too; the empty one covers everything.
 *
 * @param prefixes none begins with another, in byte order
 */
record Grants(List<String> prefixes) {
  private static final Comparator<String> BYTE_ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /** Leaves out prefixes that others cover. */
  static Grants of(Collection<String> prefixes) {
    List<String> kept = new ArrayList<>();
    for (String prefix : prefixes.stream().sorted(BYTE_ORDER).toList()) {
      if (kept.isEmpty() || !prefix.startsWith(kept.get(kept.size() - 1))) {
        kept.add(prefix);
      }
    }
    return new Grants(List.copyOf(kept));
  }

  /** Whether a collection, or all that begin with these characters, are covered. */
  boolean cover(String collectionOrPrefix) {
    return prefixes.stream().anyMatch(collectionOrPrefix::startsWith);
  }

  /** Where to look for what begins with a prefix and is covered, in byte order and apart. */
  List<String> within(String prefix) {
    return cover(prefix)
        ? List.of(prefix)
        : prefixes.stream().filter(granted -> granted.startsWith(prefix)).toList();
  }
}
