package org.btrdb.embedded.server;

import com.google.protobuf.ByteString;
import java.util.List;
import org.btrdb.embedded.streamsql.Rows;
import org.btrdb.proto.v5api.SQLQueryResponse;
import org.jspecify.annotations.Nullable;

/** Rows as JSON, in messages of limited size; one message if there are none. */
final class SqlAnswers implements Answers<SQLQueryResponse> {
  private static final int ROWS = 1000;

  /** Far below what any client takes, also with one more row, however long its texts. */
  private static final int BYTES = 1 << 18;

  private final List<String> columns;
  private final Rows rows;
  private boolean answered;

  SqlAnswers(List<String> columns, Rows rows) {
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public @Nullable SQLQueryResponse next() {
    SQLQueryResponse.Builder page = SQLQueryResponse.newBuilder();
    int bytes = 0;
    while (page.getSQLQueryRowCount() < ROWS && bytes < BYTES) {
      @Nullable Object[] row = rows.next();
      if (row == null) {
        break;
      }
      ByteString json = JsonRow.of(columns, row);
      page.addSQLQueryRow(json);
      bytes += json.size();
    }
    if (bytes == 0 && answered) {
      return null;
    }
    answered = true;
    return page.build();
  }

  @Override
  public void close() {
    rows.close();
  }
}
