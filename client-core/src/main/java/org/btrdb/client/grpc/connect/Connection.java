package org.btrdb.client.grpc.connect;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;

/** One HTTP/2 connection, made when first needed, and how many calls it carries. */
final class Connection {
  /** The least that HTTP/2 recommends servers to take; those beyond would wait unseen. */
  static final int MOST_CALLS = 100;

  private final ManagedChannel channel;
  private final int windowBytes;
  private final int mostStreams;
  private int calls;
  private int streams;

  /**
   * Without a call.
   *
   * @param windowBytes what a server may send ahead for a call
   * @param mostStreams how many calls that answer in a stream it may carry
   */
  Connection(ManagedChannel channel, int windowBytes, int mostStreams) {
    this.channel = channel;
    this.windowBytes = windowBytes;
    this.mostStreams = mostStreams;
  }

  ManagedChannel channel() {
    return channel;
  }

  int windowBytes() {
    return windowBytes;
  }

  boolean hasRoom(boolean isStream) {
    return calls < MOST_CALLS && (!isStream || streams < mostStreams);
  }

  void add(boolean isStream) {
    calls++;
    streams += isStream ? 1 : 0;
  }

  void remove(boolean isStream) {
    calls--;
    streams -= isStream ? 1 : 0;
  }

  boolean isFailing() {
    return channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
  }

  /** Where nothing is connected no call is begun that could go on, and a handshake may last. */
  void end() {
    if (channel.getState(false) == ConnectivityState.READY) {
      channel.shutdown();
    } else {
      channel.shutdownNow();
    }
  }
}
