package org.btrdb.embedded.server.access;

import java.util.Map;

/**
 * What each method of the contract needs: the one table. {@link CallerInterceptor} refuses whoever
 * may do that nowhere, before the request is read; {@link GuardedBtrdb} looks at the collections
 * that it is about.
 */
enum MethodNeeds {
  /** Nothing. */
  NOTHING,
  /** Nothing, but answers only what may be read. */
  LISTING,
  /** To read the collection of each stream. */
  READ,
  /** To write to the collection, and to the one that a stream moves to. */
  WRITE,
  /** To administer the collection. */
  ADMIN,
  /** To administer all collections. */
  ADMIN_OF_ALL;

  /** By the name of the method. */
  static final Map<String, MethodNeeds> TABLE =
      Map.ofEntries(
          Map.entry("Info", NOTHING),
          Map.entry("ListCollections", LISTING),
          Map.entry("LookupStreams", LISTING),
          Map.entry("GetMetadataUsage", LISTING),
          Map.entry("SQLQuery", LISTING),
          Map.entry("RawValues", READ),
          Map.entry("ArrowRawValues", READ),
          Map.entry("ArrowMultiValues", READ),
          Map.entry("AlignedWindows", READ),
          Map.entry("ArrowAlignedWindows", READ),
          Map.entry("Windows", READ),
          Map.entry("ArrowWindows", READ),
          Map.entry("StreamInfo", READ),
          Map.entry("Nearest", READ),
          Map.entry("Changes", READ),
          Map.entry("GenerateCSV", READ),
          Map.entry("Subscribe", READ),
          Map.entry("Create", WRITE),
          Map.entry("Insert", WRITE),
          Map.entry("ArrowInsert", WRITE),
          Map.entry("Delete", WRITE),
          Map.entry("Flush", WRITE),
          Map.entry("SetStreamTags", WRITE),
          Map.entry("SetStreamAnnotations", WRITE),
          Map.entry("Obliterate", ADMIN),
          Map.entry("FaultInject", ADMIN_OF_ALL));

  /** What a method needs; one that is in no table needs most. */
  static MethodNeeds of(String method) {
    return TABLE.getOrDefault(method, ADMIN_OF_ALL);
  }

  /** Whether a caller may do this at all. */
  boolean isMetBy(Caller caller) {
    return switch (this) {
      case NOTHING, LISTING -> true;
      case READ, WRITE, ADMIN -> caller.mayAnywhere(permission());
      case ADMIN_OF_ALL -> caller.mayEverywhere(Permission.ADMIN);
    };
  }

  /** What is asked for. */
  Permission permission() {
    return switch (this) {
      case NOTHING, LISTING, READ -> Permission.READ;
      case WRITE -> Permission.WRITE;
      case ADMIN, ADMIN_OF_ALL -> Permission.ADMIN;
    };
  }
}
