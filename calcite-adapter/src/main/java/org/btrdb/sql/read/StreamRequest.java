package org.btrdb.sql.read;

import java.util.BitSet;
import java.util.List;
import org.btrdb.sql.catalog.StreamTable;

/** What is asked of one stream at one version. */
public sealed interface StreamRequest extends ReadRequest
    permits RawRead,
        ValueSearch,
        ValueAggregate,
        ExtremeRead,
        LatestRead,
        WindowRead,
        AlignedRead,
        NearestRead,
        ChangesRead,
        GapRead,
        ResampleRead,
        EventRead {

  /** The stream. */
  StreamTable table();

  /** This request of another stream. */
  StreamRequest withTable(StreamTable other);

  /** The version it is read at. */
  ReadVersion version();

  @Override
  default StreamRequest using(BitSet used) {
    return this;
  }

  @Override
  StreamRequest withLimit(Limit limit);

  @Override
  StreamRequest withColumns(List<Integer> columns);
}
