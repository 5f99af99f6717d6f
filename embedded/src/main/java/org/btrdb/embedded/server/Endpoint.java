package org.btrdb.embedded.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The address a server tells its clients; the port is known once it listens. */
final class Endpoint {
  private final String host;
  private volatile int port;

  private Endpoint(String host) {
    this.host = host;
  }

  /** Where clients reach a server: all addresses of this machine are no place to go to. */
  static Endpoint of(InetSocketAddress address) {
    return new Endpoint(
        address.getAddress().isAnyLocalAddress() ? thisMachine() : address.getHostString());
  }

  private static String thisMachine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return BtrdbServer.LOOPBACK;
    }
  }

  void listensOn(int listeningPort) {
    port = listeningPort;
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
