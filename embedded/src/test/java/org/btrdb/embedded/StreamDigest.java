package org.btrdb.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.btrdb.client.batch.PointBatch;
import org.btrdb.client.model.StreamDescriptor;
import org.btrdb.client.model.StreamQuery;
import org.btrdb.client.model.StreamVersion;
import org.btrdb.client.time.TimeRange;
import org.btrdb.embedded.meta.StreamSearch;
import org.btrdb.embedded.tree.PointWalk;
import org.btrdb.embedded.tree.Slot;
import org.jspecify.annotations.Nullable;

/** Everything that can be seen of a stream, in a line of text. */
final class StreamDigest {
  /** What is seen of a stream that is not there. */
  static final String NONE = "none";

  private StreamDigest() {}

  static String of(Engine engine, UUID uuid) {
    if (engine.index().find(uuid).isEmpty()) {
      return NONE;
    }
    OpenStream stream = engine.stream(uuid);
    StreamDescriptor descriptor = engine.index().describe(stream.id).orElseThrow();
    StreamState newest = stream.published();
    StringBuilder text = new StringBuilder();
    text.append(descriptor).append(" in ").append(found(engine, descriptor));
    text.append(" at ").append(newest.version());
    for (long major = StreamVersion.CREATED_MAJOR; major <= newest.major(); major++) {
      text.append(' ').append(points(engine, engine.state(stream, major).root()));
    }
    return text.append(" now ").append(points(engine, newest.root())).toString();
  }

  /** How often the stream is found by name and collection. */
  private static long found(Engine engine, StreamDescriptor stream) {
    StreamSearch search =
        engine
            .index()
            .search(StreamQuery.inCollection(stream.collection()).withTag("name", stream.name()));
    List<StreamDescriptor> found = new ArrayList<>();
    while (!search.atEnd()) {
      found.addAll(search.next(100));
    }
    return found.stream().filter(stream::equals).count();
  }

  private static String points(Engine engine, @Nullable Slot root) {
    long count = 0;
    long hash = 0;
    PointWalk walk = new PointWalk(engine.store(), root, TimeRange.ALL);
    for (PointBatch batch = walk.next(); batch != null; batch = walk.next()) {
      for (int i = 0; i < batch.size(); i++) {
        hash = 31 * (31 * hash + batch.time(i)) + Double.doubleToRawLongBits(batch.value(i));
        count++;
      }
    }
    return count + "#" + Long.toHexString(hash);
  }
}
