package org.btrdb.embedded.store;

import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * How many entries each map has, noted with every commit. MVStore keeps the places of its maps in
 * pages without a checksum, and takes a map whose place is lost for an empty one.
 */
final class MapLengths {
  private static final String PREFIX = "length.";

  private final MVMap<String, Long> noted;
  private final boolean isKnown;
  private final List<MVMap<?, ?>> maps = new ArrayList<>();

  /**
   * Lengths noted in a map.
   *
   * @param isKnown whether the last commit noted them
   */
  MapLengths(MVMap<String, Long> noted, boolean isKnown) {
    this.noted = noted;
    this.isKnown = isKnown;
  }

  /** Refuses a map that is not as long as it was, and remembers it for the next commit. */
  <K, V> MVMap<K, V> checked(MVMap<K, V> map) {
    if (isKnown) {
      Long length = noted.get(PREFIX + map.getName());
      if (length == null || length != map.sizeAsLong()) {
        throw new DamageException(
            ("map '" + map.getName() + "' has " + map.sizeAsLong())
                + (" entries, and should have " + (length == null ? "a noted number" : length)));
      }
    }
    maps.add(map);
    return map;
  }

  /** Notes how long the maps are now; to be called before a commit, by the thread that writes. */
  void note() {
    for (MVMap<?, ?> map : maps) {
      String name = PREFIX + map.getName();
      Long before = noted.get(name);
      long now = map.sizeAsLong();
      if (before == null || before != now) {
        noted.put(name, now);
      }
    }
  }
}
