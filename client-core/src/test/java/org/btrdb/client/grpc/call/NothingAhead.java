package org.btrdb.client.grpc.call;

/** Makes calls that begin meanwhile ask for no message before it is wanted, as of many they do. */
public final class NothingAhead implements AutoCloseable {
  private int claimed;

  /** Claims all there is. */
  public NothingAhead() {
    int more;
    do {
      more = ReadAhead.OF_PROCESS.claim();
      claimed += more;
    } while (more > 0);
  }

  /** How many messages other calls cannot have. */
  public int messages() {
    return claimed;
  }

  @Override
  public void close() {
    ReadAhead.OF_PROCESS.giveBack(claimed);
  }
}
