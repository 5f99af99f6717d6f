package org.btrdb.client.error;

/**
 * The catalogue of failures: what happened, its SQLState, and the BTrDB status code if there is one
 * (reference 2.2).
 */
public enum ErrorCode {
  /** The channel is dead or was never made: pools drop the connection. */
  UNAVAILABLE("08006", 0),
  /** No server answers at the address, or it is no BTrDB. */
  CONNECT_FAILED("08001", 0),
  /** The URL, or a property of it, makes no sense. */
  INVALID_URL("08001", 0),
  /** The connection was closed by its user. */
  CLOSED("08003", 0),
  /** Missing or wrong credentials. */
  UNAUTHENTICATED("28000", 0),
  /** The credentials do not allow this. */
  PERMISSION_DENIED("42501", 437),
  /** Cancelled by the user, or the thread was interrupted. */
  CANCELLED("57014", 402),
  /** The deadline passed. */
  DEADLINE_EXCEEDED("57014", 0),
  /** No such stream. */
  NO_SUCH_STREAM("42S02", 404),
  /** The stream exists, the version does not. */
  NO_SUCH_VERSION("22023", 450),
  /** Two streams or a stream and a name collide. */
  STREAM_EXISTS("42S01", 406),
  /** The uuid belonged to a stream that was obliterated. */
  UUID_REUSED("42S01", 429),
  /** A name that BTrDB does not allow: collection, tag or annotation. */
  INVALID_NAME("42602", 407),
  /** A time or range outside BTrDB's domain, or end before start. */
  INVALID_TIME_RANGE("22008", 413),
  /** A window width, pointwidth, depth or resolution out of range. */
  INVALID_WIDTH("22023", 415),
  /** A NaN or an infinity to be stored. */
  INVALID_VALUE("22003", 425),
  /** Metadata changed since it was read. */
  CONCURRENT_CHANGE("40001", 423),
  /** More than the server takes at once. */
  TOO_LARGE("54000", 414),
  /** The server sheds load; the same call may succeed later. */
  OVERLOADED("53000", 426),
  /** This process has too little memory for what is asked of it. */
  INSUFFICIENT_MEMORY("53200", 0),
  /**
   * No node of the cluster answers for the stream: its nodes start, leave or are gone; the same
   * call may succeed later. Not 57P03, for the connection is good and pools would drop it.
   */
  CLUSTER_DEGRADED("53000", 419),
  /** The data directory belongs to another process. */
  STORE_LOCKED("55006", 0),
  /** The data directory cannot be read: damaged, or of another format. */
  STORE_DAMAGED("58030", 0),
  /** Reading or writing the data directory failed: full disk, missing rights. */
  STORE_IO("58030", 0),
  /** The server answered with something that is no BTrDB message. */
  PROTOCOL_VIOLATION("08P01", 0),
  /** An argument that makes no sense. */
  INVALID_ARGUMENT("22023", 421),
  /** SQL over the metadata of streams that the server does not take. */
  BAD_SQL("42000", 441),
  /** Not supported by this server, or not by us. */
  UNSUPPORTED("0A000", 501),
  /** The server failed, or we did. */
  INTERNAL("XX000", 500);

  private final String sqlState;
  private final int statusCode;

  ErrorCode(String sqlState, int statusCode) {
    this.sqlState = sqlState;
    this.statusCode = statusCode;
  }

  /** Five characters by the SQL standard or, where that is silent, PostgreSQL's table. */
  public String sqlState() {
    return sqlState;
  }

  /** The BTrDB status code that stands for this failure on the wire, 0 if none does. */
  public int statusCode() {
    return statusCode;
  }
}
