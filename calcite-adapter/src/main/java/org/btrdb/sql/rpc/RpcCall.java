package org.btrdb.sql.rpc;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call as far as it has got.
 *
 * @param statementId the statement that made it; later ones have larger numbers
 * @param rpc what was called
 * @param uuid the stream it was about, null if about none
 * @param messages answers taken so far
 * @param rowCount points, windows, ranges or descriptors taken or sent so far
 * @param elapsedNanos from the call to its end, or to the last answer taken
 */
public record RpcCall(
    long statementId,
    Rpc rpc,
    @Nullable UUID uuid,
    long messages,
    long rowCount,
    long elapsedNanos) {}
