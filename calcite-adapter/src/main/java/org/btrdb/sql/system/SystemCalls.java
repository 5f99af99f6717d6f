package org.btrdb.sql.system;

import java.util.ArrayList;
import java.util.List;

/** The calls of a system read as EXPLAIN shows them. */
final class SystemCalls {
  private SystemCalls() {}

  static List<String> of(SystemRead read) {
    return switch (read.table()) {
      case COLLECTIONS -> List.of("ListCollections(" + read.selection() + ")");
      case STREAMS, TAGS, ANNOTATIONS -> List.of(lookup(read));
      case STREAM_STATS -> stats(read);
      case METADATA_USAGE -> List.of("GetMetadataUsage(" + read.selection() + ")");
      case SERVER_INFO -> List.of(ServerRows.asksCluster(read) ? "Info()" : "no call");
      case CLUSTER_MEMBERS -> List.of("Info()");
      case SESSION_RPCS -> List.of("no call");
    };
  }

  private static String lookup(SystemRead read) {
    return (read.selection().uuids().isEmpty() ? "LookupStreams(" : "StreamInfo(")
        + read.selection()
        + ")";
  }

  private static List<String> stats(SystemRead read) {
    List<String> calls = new ArrayList<>(List.of(lookup(read)));
    if (read.needs("version") || read.needs("minor_version")) {
      calls.add("StreamInfo() for each stream");
    }
    if (read.needs("earliest")) {
      calls.add("Nearest(forward) for each stream");
    }
    if (read.needs("latest") || read.needs("latest_value")) {
      calls.add("Nearest(backward) for each stream");
    }
    if (read.needs("point_count")) {
      calls.add("Windows(all time) for each stream");
    }
    return calls;
  }
}
