package org.btrdb.sql.system;

import org.btrdb.sql.rpc.RpcCall;
import org.jspecify.annotations.Nullable;

/** A row of {@code btrdb.session_rpcs}; bytes are NULL, as nobody above the wire knows them. */
final class RpcRow {
  private RpcRow() {}

  static @Nullable Object[] of(RpcCall call) {
    return new @Nullable Object[] {
      call.statementId(),
      call.rpc().wireName(),
      call.uuid(),
      call.messages(),
      call.rowCount(),
      null,
      call.elapsedNanos()
    };
  }
}
