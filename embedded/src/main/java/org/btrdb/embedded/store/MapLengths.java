package org.btrdb.embedded.store;

import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * How many entries each map has, noted with every commit. MVStore keeps the places of its maps in
 * pages without a checksum, and takes a map whose place is lost for an empty one.
 */
final class MapLengths {
  private static final String PREFIX = "length.";

  private final MVMap<String, Long> noted;
  private final boolean isKnown;
  private final List<Length> lengths = new ArrayList<>();

  /** The length of one map, as it is noted. */
  private static final class Length {
    private static final long NONE = -1;

    private final MVMap<?, ?> map;
    private final String key;
    private long noted;

    Length(MVMap<?, ?> map, @Nullable Long noted) {
      this.map = map;
      this.key = key(map);
      this.noted = noted == null ? NONE : noted;
    }

    static String key(MVMap<?, ?> map) {
      return PREFIX + map.getName();
    }
  }

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
    Length length = new Length(map, noted.get(Length.key(map)));
    if (isKnown && length.noted != map.sizeAsLong()) {
      throw new DamageException(
          ("map '" + map.getName() + "' has " + map.sizeAsLong())
              + " entries, and should have "
              + (length.noted == Length.NONE ? "a noted number" : length.noted));
    }
    lengths.add(length);
    return map;
  }

  /** Notes how long the maps are now; to be called before a commit, by the thread that writes. */
  void note() {
    for (Length length : lengths) {
      long now = length.map.sizeAsLong();
      if (length.noted != now) {
        noted.put(length.key, now);
        length.noted = now;
      }
    }
  }
}
