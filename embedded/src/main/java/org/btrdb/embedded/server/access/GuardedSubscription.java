package org.btrdb.embedded.server.access;

import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.StreamPoints;

/** A subscription that takes only streams which its caller may read when they are added. */
final class GuardedSubscription implements Subscription {
  private final Subscription behind;
  private final Consumer<Collection<UUID>> check;

  /**
   * A guard.
   *
   * @param check refuses streams, as its caller may not read one of them
   */
  GuardedSubscription(Subscription behind, Consumer<Collection<UUID>> check) {
    this.behind = behind;
    this.check = check;
  }

  @Override
  public void add(Collection<UUID> uuids) {
    check.accept(uuids);
    behind.add(uuids);
  }

  @Override
  public void remove(Collection<UUID> uuids) {
    behind.remove(uuids);
  }

  @Override
  public void finish() {
    behind.finish();
  }

  @Override
  public boolean isReady() {
    return behind.isReady();
  }

  @Override
  public void onReady(Runnable action) {
    behind.onReady(action);
  }

  @Override
  public boolean next() {
    return behind.next();
  }

  @Override
  public StreamPoints current() {
    return behind.current();
  }

  @Override
  public void close() {
    behind.close();
  }
}
