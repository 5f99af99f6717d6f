package org.btrdb.client.grpc.connect;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one place: one as long as that is enough. A server takes so many calls on a
 * connection at a time; gRPC lets those beyond wait without a word, for ever if the ones before are
 * reads that wait for them to be read side by side. So these get another connection.
 *
 * <p>The first connection carries few reads with room to send ahead, all others many with little.
 * Its calls are counted by {@link CountedCall}.
 */
final class Connections extends Channel {
  /** As many as are made side by side where one read is made of several. */
  private static final int ROOMY_STREAMS = 8;

  private final Building building;
  private final WindowMemory memory;

  /** Guards itself and all below. */
  private final List<Connection> open = new ArrayList<>();

  private boolean ended;

  /** How channels to the place are made. */
  @FunctionalInterface
  interface Building {
    /**
     * Makes a channel that is not connected.
     *
     * @param isSpare whether it is to disconnect soon after its last call
     */
    ManagedChannel build(int windowBytes, boolean isSpare);
  }

  Connections(Building building, WindowMemory memory) {
    this.building = building;
    this.memory = memory;
    open.add(
        new Connection(
            building.build(WindowMemory.ROOMY_BYTES, false),
            WindowMemory.ROOMY_BYTES,
            ROOMY_STREAMS));
  }

  @Override
  public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
    boolean isStream = method.getType() != MethodDescriptor.MethodType.UNARY;
    Connection connection = take(isStream);
    Runnable giveBack = () -> giveBack(connection, isStream);
    try {
      return new CountedCall<>(connection.channel().newCall(method, options), giveBack);
    } catch (RuntimeException e) {
      giveBack.run();
      throw e;
    }
  }

  /** The first with room; the first of all once the place was left, for it fails as it should. */
  private @Nullable Connection next(boolean isStream) {
    if (ended) {
      return open.get(0);
    }
    boolean roomy = !isStream || memory.isRoomy();
    for (int i = roomy ? 0 : 1; i < open.size(); i++) {
      if (open.get(i).hasRoom(isStream)) {
        return open.get(i);
      }
    }
    return null;
  }

  private Connection take(boolean isStream) {
    synchronized (open) {
      Connection connection = next(isStream);
      if (connection == null) {
        int window = memory.window();
        connection = new Connection(building.build(window, true), window, Connection.MOST_CALLS);
        open.add(connection);
      }
      if (isStream) {
        memory.claim(connection.windowBytes());
      }
      connection.add(isStream);
      return connection;
    }
  }

  private void giveBack(Connection connection, boolean isStream) {
    synchronized (open) {
      connection.remove(isStream);
    }
    if (isStream) {
      memory.giveBack(connection.windowBytes());
    }
  }

  /** Whether the connection that a next call would take could not be made. */
  boolean isFailing() {
    synchronized (open) {
      Connection next = next(false);
      return (next == null ? open.get(0) : next).isFailing();
    }
  }

  /** To act on without the lock, for that may run what waits for a connection. */
  private List<Connection> all() {
    synchronized (open) {
      return List.copyOf(open);
    }
  }

  /** Connects again at once where gRPC would wait longer after each failure. */
  void connectAgain() {
    all().forEach(connection -> connection.channel().resetConnectBackoff());
  }

  /** Takes no further call; those begun go on. */
  void end() {
    synchronized (open) {
      ended = true;
    }
    all().forEach(Connection::end);
  }

  @Override
  public String authority() {
    synchronized (open) {
      return open.get(0).channel().authority();
    }
  }
}
