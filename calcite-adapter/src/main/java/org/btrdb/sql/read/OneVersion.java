package org.btrdb.sql.read;

import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;
import org.jspecify.annotations.Nullable;

/**
 * Holds several calls on one stream, made one after the other while rows are handed out, to the
 * version that answered the first.
 *
 * <p>A version without buffered points is asked for by its number from then on. Buffered points
 * have none: if they change under way, the statement fails rather than mix two states.
 */
final class OneVersion {
  private final StreamRequest request;
  private final long asked;
  private @Nullable StreamVersion first;

  OneVersion(StreamRequest request, Execution execution) {
    this.request = request;
    this.asked = request.version().number(execution.parameters());
  }

  /** The version to ask the next call for. */
  long toAsk() {
    return asked == StreamVersion.LATEST && first != null && first.minor() == 0
        ? first.major()
        : asked;
  }

  /** Whether the version that answered has buffered points and so no number to ask for it by. */
  boolean isBuffered() {
    return asked == StreamVersion.LATEST && first != null && first.minor() != 0;
  }

  /** Takes note of the version that answered. */
  void answered(StreamVersion version) {
    if (first == null) {
      first = version;
    } else if (!first.equals(version)) {
      throw changed("from " + first + " to " + version);
    }
  }

  /** Says that the stream changed. */
  BtrdbException changed(String how) {
    return new BtrdbException(
        ErrorCode.CONCURRENT_CHANGE,
        "stream "
            + request.table().stream().uuid()
            + " changed while the statement read it ("
            + how
            + "); run it again");
  }
}
