package org.btrdb.embedded.server;

/** The address a server tells its clients; the port is known once it listens. */
final class Endpoint {
  private final String host;
  private volatile int port;

  Endpoint(String host) {
    this.host = host;
  }

  void listensOn(int listeningPort) {
    port = listeningPort;
  }

  @Override
  public String toString() {
    return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
  }
}
