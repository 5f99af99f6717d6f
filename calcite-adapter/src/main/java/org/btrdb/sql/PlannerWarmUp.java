package org.btrdb.sql;

import com.google.common.base.Ticker;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.btrdb.client.Btrdb;
import org.btrdb.client.CallScope;
import org.btrdb.client.model.Capabilities;
import org.btrdb.client.model.StreamDescriptor;

/**
 * Loads and initialises the parser and the planner on a daemon thread while a connection is made:
 * they are most of what the first statement of a process costs.
 *
 * <p>It happens once for each class loader. Statements wait for one that is under way, as they need
 * the same classes and as two threads that initialise Calcite's at a time could block each other.
 */
public final class PlannerWarmUp {
  private static final Logger LOG = Logger.getLogger(PlannerWarmUp.class.getName());
  private static final UUID NO_STREAM = new UUID(0, 0);
  // What any statement needs and little else: the first one waits for it.
  private static final String STATEMENT =
      "SELECT value FROM uuid.\"" + NO_STREAM + "\" WHERE time >= TIMESTAMP '2000-01-01 00:00:00'";

  private static final AtomicReference<CountDownLatch> STARTED = new AtomicReference<>();

  private PlannerWarmUp() {}

  /** Starts it unless it was started before. */
  public static void start() {
    CountDownLatch done = new CountDownLatch(1);
    if (!STARTED.compareAndSet(null, done)) {
      return;
    }
    startDaemon(() -> run(done), "btrdb-warm-up");
    startDaemon(PlannerWarmUp::initializeMetadata, "btrdb-warm-up-metadata");
  }

  private static void startDaemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(PlannerWarmUp.class.getClassLoader());
    thread.start();
  }

  /**
   * A fifth of the work, on another processor. It is safe beside the rest: these classes need none
   * whose initialisation needs them in turn.
   */
  private static void initializeMetadata() {
    try {
      Class.forName(
          DefaultRelMetadataProvider.class.getName(), true, PlannerWarmUp.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.log(Level.FINE, "the planner's metadata could not be warmed up", e);
    }
  }

  /** Waits until the one under way is over, if there is one; an interrupt ends the waiting. */
  static void await() {
    CountDownLatch done = STARTED.get();
    if (done == null) {
      return;
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever asked for the statement finds it
    }
  }

  private static void run(CountDownLatch done) {
    try {
      Btrdb nobody =
          (Btrdb)
              Proxy.newProxyInstance(
                  Btrdb.class.getClassLoader(), new Class<?>[] {Btrdb.class}, answersOneLookUp());
      new CalciteSqlSession(nobody, SessionOptions.DEFAULT, Ticker.systemTicker())
          .prepareNow(STATEMENT, "", CallScope.unbounded());
    } catch (RuntimeException | LinkageError e) {
      // The first statement will meet the same and say so to its caller.
      LOG.log(Level.FINE, "the planner could not be warmed up", e);
    } finally {
      done.countDown();
    }
  }

  private static InvocationHandler answersOneLookUp() {
    StreamDescriptor stream = new StreamDescriptor(NO_STREAM, "", Map.of(), Map.of(), 0);
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "stream" -> Optional.of(stream);
          case "capabilities" -> new Capabilities(true, false, false, 1, false);
          default -> throw new UnsupportedOperationException(method.getName());
        };
  }
}
