package org.btrdb.client.grpc.cluster;

import org.btrdb.client.grpc.call.Channels;

/** A share in the channel to one address. Giving it back lets calls end that were begun. */
public interface NodeChannel extends Channels {

  /** Whether the last attempt to connect failed. */
  boolean isFailing();
}
