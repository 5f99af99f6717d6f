package org.btrdb.sql;

import org.btrdb.client.model.MergePolicy;

/**
 * Settings of a session.
 *
 * @param mergePolicy what INSERT does with a point whose time exists already
 */
public record SessionOptions(MergePolicy mergePolicy) {

  /** The servers' defaults. */
  public static final SessionOptions DEFAULT = new SessionOptions(MergePolicy.NEVER);
}
