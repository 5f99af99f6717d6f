package org.btrdb.embedded.server.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.btrdb.client.grpc.connect.FileFailure;

/** Files that hold secrets. */
public final class PrivateFile {
  private static final Set<PosixFilePermission> FORBIDDEN =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private PrivateFile() {}

  /**
   * Refuses a file that everybody may read, or others than its owner may write. Its group may read
   * it, as where systems hand secrets to a service by a group. Where files have no such
   * permissions, nothing is looked at.
   *
   * @param what the option or property that names it
   */
  public static void check(String what, Path path) {
    Set<PosixFilePermission> permissions;
    try {
      permissions = EnumSet.noneOf(PosixFilePermission.class);
      permissions.addAll(Files.getPosixFilePermissions(path));
    } catch (UnsupportedOperationException e) {
      return;
    } catch (IOException e) {
      throw refused(what, path, FileFailure.reason(e), e);
    }
    permissions.retainAll(FORBIDDEN);
    if (!permissions.isEmpty()) {
      throw refused(
          what,
          path,
          (permissions.contains(PosixFilePermission.OTHERS_READ)
                  ? "everybody on this machine may read it"
                  : "others than its owner may write to it")
              + "; chmod 600 (or 640) makes it private",
          null);
    }
  }

  static BtrdbException refused(
      String what, Path path, String problem, @org.jspecify.annotations.Nullable Throwable cause) {
    return new BtrdbException(
        ErrorCode.INVALID_ARGUMENT, what + " '" + path + "': " + problem, cause);
  }
}
