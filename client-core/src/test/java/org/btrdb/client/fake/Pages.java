package org.btrdb.client.fake;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends answers: what a method returns, or what it refuses with. */
final class Pages {

  private Pages() {}

  static <R> void one(
      StreamObserver<R> responses, Supplier<R> answer, Function<Refused, R> refusal) {
    R message;
    try {
      message = answer.get();
    } catch (Refused e) {
      message = refusal.apply(e);
    }
    responses.onNext(message);
    responses.onCompleted();
  }

  /**
   * Pages of a list; one page without elements if there are none, and no such page after others.
   */
  static <T, R> void of(
      StreamObserver<R> responses,
      int size,
      Supplier<List<T>> answer,
      Function<List<T>, R> page,
      Function<Refused, R> refusal) {
    try {
      List<T> all = answer.get();
      for (int from = 0; from == 0 || from < all.size(); from += size) {
        responses.onNext(page.apply(all.subList(from, Math.min(all.size(), from + size))));
      }
    } catch (Refused e) {
      responses.onNext(refusal.apply(e));
    }
    responses.onCompleted();
  }
}
