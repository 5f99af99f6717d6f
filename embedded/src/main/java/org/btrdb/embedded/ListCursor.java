package org.btrdb.embedded;

import java.util.List;
import org.btrdb.client.Cursor;

/** A list handed out as one part. */
final class ListCursor<T> implements Cursor<List<T>> {
  private final List<T> list;
  private boolean moved;

  ListCursor(List<T> list) {
    this.list = list;
  }

  @Override
  public boolean next() {
    boolean first = !moved && !list.isEmpty();
    moved = true;
    return first;
  }

  @Override
  public List<T> current() {
    return list;
  }

  @Override
  public void close() {
    moved = true;
  }
}
