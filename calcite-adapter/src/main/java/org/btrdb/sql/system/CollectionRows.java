package org.btrdb.sql.system;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.btrdb.client.Cursor;
import org.btrdb.sql.read.Execution;
import org.btrdb.sql.selection.BoundSelection;
import org.jspecify.annotations.Nullable;

/** Rows of {@code btrdb.collections}, as the server sends them. */
final class CollectionRows implements Iterator<@Nullable Object[]> {
  private final BoundSelection selection;
  private final Cursor<List<String>> cursor;
  private Iterator<String> batch = Collections.emptyIterator();
  private boolean atEnd;

  private CollectionRows(BoundSelection selection, Cursor<List<String>> cursor) {
    this.selection = selection;
    this.cursor = cursor;
  }

  static SystemRows open(SystemRead read, Execution execution) {
    Optional<BoundSelection> selection =
        BoundSelection.of(read.selection(), execution.parameters());
    if (selection.isEmpty()) {
      return SystemRows.of(Collections.emptyIterator());
    }
    Cursor<List<String>> cursor =
        execution.session().catalog().schemas(selection.get().collection(), execution.scope());
    return SystemRows.of(new CollectionRows(selection.get(), cursor), cursor::close);
  }

  @Override
  public boolean hasNext() {
    while (!batch.hasNext()) {
      if (atEnd || !cursor.next()) {
        return false;
      }
      List<String> names = cursor.current();
      // In byte order the one collection that is asked for comes before those it is a prefix of.
      atEnd = !selection.isPrefix() && !names.isEmpty();
      batch = names.stream().filter(this::isSelected).iterator();
    }
    return true;
  }

  private boolean isSelected(String collection) {
    return selection.isPrefix() || collection.equals(selection.collection());
  }

  @Override
  public @Nullable Object[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return new @Nullable Object[] {batch.next()};
  }
}
