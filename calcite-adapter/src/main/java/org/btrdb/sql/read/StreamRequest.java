package org.btrdb.sql.read;

import org.btrdb.sql.catalog.StreamTable;

/** What is asked of one stream at one version. */
public sealed interface StreamRequest extends ReadRequest
    permits RawRead, LatestRead, WindowRead, AlignedRead, ChangesRead {

  /** The stream. */
  StreamTable table();

  /** The version it is read at. */
  ReadVersion version();
}
