package org.btrdb.client.model;

/** What an insert does with a new point whose time already exists (reference 2.14). */
public enum MergePolicy {
  /** Keep both. The servers' default. */
  NEVER,
  /** Drop the new one if its value is equal too, else keep both. */
  EQUAL,
  /** Keep the old one. */
  RETAIN,
  /** Keep the new one. */
  REPLACE
}
