package org.btrdb.embedded.server;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.btrdb.client.Btrdb;
import org.btrdb.proto.v5api.BTrDBGrpc;
import org.btrdb.proto.v5api.SubscriptionResp;
import org.btrdb.proto.v5api.SubscriptionUpdate;

/** The call that tells of inserts as they come (reference 2.21, the newer shape). */
final class SubscribeCalls extends BTrDBGrpc.BTrDBImplBase implements AutoCloseable {
  private final Btrdb btrdb;
  private final Executor workers;
  private final Set<SubscriptionPump> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Calls of a BTrDB.
   *
   * @param workers who sends what was inserted, so that the threads that insert do not
   */
  SubscribeCalls(Btrdb btrdb, Executor workers) {
    this.btrdb = btrdb;
    this.workers = workers;
  }

  @Override
  public StreamObserver<SubscriptionUpdate> subscribe(StreamObserver<SubscriptionResp> responses) {
    SubscriptionPump pump =
        new SubscriptionPump(
            btrdb, (ServerCallStreamObserver<SubscriptionResp>) responses, workers, open::remove);
    open.add(pump);
    pump.begin(AnswerPump.scopeOfCall());
    if (closed) {
      pump.stop();
    }
    return pump;
  }

  /** Ends all of them; idempotent. */
  @Override
  public void close() {
    closed = true;
    open.forEach(SubscriptionPump::stop);
  }
}
