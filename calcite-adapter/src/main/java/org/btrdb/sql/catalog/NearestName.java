package org.btrdb.sql.catalog;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Picks, from names that are offered one by one, the one that a misspelt name was meant to be. */
final class NearestName {
  private static final int MAX_TYPOS = 3;

  private final String wanted;
  private final LevenshteinDistance distance;
  private Optional<String> nearest = Optional.empty();
  private int leastTypos = Integer.MAX_VALUE;

  /** At most three characters may differ, and no more than half of them. */
  NearestName(String wanted) {
    this.wanted = wanted.toLowerCase(Locale.ROOT);
    this.distance = new LevenshteinDistance(Math.min(MAX_TYPOS, wanted.length() / 2));
  }

  void offer(String known) {
    int typos = distance.apply(wanted, known.toLowerCase(Locale.ROOT));
    if (typos >= 0 && typos < leastTypos) {
      leastTypos = typos;
      nearest = Optional.of(known);
    }
  }

  /** A question to end a message with; empty if nothing comes near. */
  String question() {
    return nearest.map(name -> "; did you mean '" + name + "'?").orElse("");
  }
}
