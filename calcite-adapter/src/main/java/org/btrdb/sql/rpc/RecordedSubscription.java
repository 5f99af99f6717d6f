package org.btrdb.sql.rpc;

import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import org.btrdb.client.Subscription;
import org.btrdb.client.batch.StreamPoints;
import org.btrdb.client.error.BtrdbException;

/** A subscription whose parts are noted down as they are taken. */
final class RecordedSubscription extends RecordedCursor<StreamPoints> implements Subscription {
  private final Subscription subscription;

  RecordedSubscription(
      Subscription subscription, RpcLog.Entry entry, Consumer<BtrdbException> onFailure) {
    super(subscription, entry, part -> part.points().size(), onFailure);
    this.subscription = subscription;
  }

  @Override
  public void add(Collection<UUID> uuids) {
    subscription.add(uuids);
  }

  @Override
  public void remove(Collection<UUID> uuids) {
    subscription.remove(uuids);
  }

  @Override
  public void finish() {
    subscription.finish();
  }

  @Override
  public boolean isReady() {
    return subscription.isReady();
  }

  @Override
  public void onReady(Runnable action) {
    subscription.onReady(action);
  }
}
