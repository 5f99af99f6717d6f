package org.btrdb.client.grpc.call;

import java.util.UUID;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.model.StreamVersion;

/**
 * What a read is about, and what only another call can tell.
 *
 * @param btrdb the connection that reads
 * @param uuid the stream
 * @param version the version asked for
 * @param scope the scope of the read
 */
public record StreamRead(Btrdb btrdb, UUID uuid, long version, CallScope scope) {

  /** The call that reads it. */
  public CallTarget target() {
    return CallTarget.read(uuid, scope);
  }

  String subject() {
    return CallTarget.subject(uuid);
  }

  /** The version that answers a read whose answer does not say it. */
  public StreamVersion versionIfUnsaid() {
    return version == StreamVersion.LATEST
        ? btrdb.version(uuid, scope)
        : new StreamVersion(version, 0);
  }

  /** Tells a missing version from a missing stream, for servers say 404 to both. */
  public BtrdbException explained(BtrdbException failure) {
    if (RemoteStatus.codeOf(failure) != RemoteStatus.NO_SUCH_STREAM
        || version == StreamVersion.LATEST) {
      return failure;
    }
    try {
      return new BtrdbException(
          ErrorCode.NO_SUCH_VERSION,
          subject()
              + " has no version "
              + version
              + "; its newest is "
              + btrdb.version(uuid, scope).major(),
          failure.getCause());
    } catch (BtrdbException e) {
      return failure;
    }
  }
}
