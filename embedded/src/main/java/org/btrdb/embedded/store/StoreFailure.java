package org.btrdb.embedded.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.btrdb.client.error.BtrdbException;
import org.btrdb.client.error.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/** Makes the one line that says what is wrong with a data directory. */
final class StoreFailure {
  private StoreFailure() {}

  static BtrdbException of(String where, String doing, Throwable cause) {
    if (cause instanceof BtrdbException known) {
      return known;
    }
    ErrorCode code = isDamage(cause) ? ErrorCode.STORE_DAMAGED : ErrorCode.STORE_IO;
    return new BtrdbException(code, "cannot " + doing + " " + where + ": " + reason(cause), cause);
  }

  /** Whether what was read is not what was written. */
  private static boolean isDamage(Throwable cause) {
    return cause instanceof DamageException
        || isNonsense(cause)
        || (cause instanceof MVStoreException failure
            && switch (failure.getErrorCode()) {
              case DataUtils.ERROR_FILE_CORRUPT,
                  DataUtils.ERROR_UNSUPPORTED_FORMAT,
                  DataUtils.ERROR_CHUNK_NOT_FOUND,
                  DataUtils.ERROR_SERIALIZATION,
                  DataUtils.ERROR_INTERNAL ->
                  !hasIoCause(cause);
              default -> false;
            });
  }

  /**
   * What MVStore meets in bytes that are not what it wrote: it checks few of its own. A length that
   * is too large may also ask for more memory than there is, which alone proves nothing.
   */
  private static boolean isNonsense(Throwable cause) {
    return !(cause instanceof MVStoreException)
        && (cause instanceof RuntimeException || cause instanceof AssertionError)
        && !hasIoCause(cause);
  }

  private static boolean hasIoCause(Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof IOException && !(t instanceof EOFException)) {
        return true;
      }
    }
    return false;
  }

  private static String reason(Throwable cause) {
    Throwable innermost = cause;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String text = innermost.getMessage();
    if (innermost instanceof FileSystemException file && file.getReason() != null) {
      text = file.getReason();
    } else if (innermost instanceof AccessDeniedException) {
      text = "permission denied";
    } else if (innermost instanceof FileSystemException || text == null) {
      text = innermost.getClass().getSimpleName();
    }
    // MVStore appends its version and an error number in brackets.
    return text.lines().findFirst().orElse("").replaceAll(" \\[[0-9.]+/[0-9]+\\]", "");
  }
}
