package org.btrdb.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How long the calls of one engine took, round by round, by the clock and by the processor time of
 * the whole process: engines work on threads of their own.
 */
final class EngineSamples {
  private final List<double[]> rounds = new ArrayList<>();
  private long cpuNanos;
  private long spentNanos;

  /**
   * Runs a call again and again, at least once.
   *
   * @param calls how often at most
   * @param forNanos how long, about
   */
  void round(Runnable call, int calls, long forNanos) {
    double[] nanos = new double[calls];
    int count = 0;
    long cpu = processCpuNanos();
    long roundBegun = System.nanoTime();
    long now = roundBegun;
    while (count == 0 || (count < calls && now - roundBegun < forNanos)) {
      call.run();
      long end = System.nanoTime();
      nanos[count++] = end - now;
      now = end;
    }
    cpuNanos += processCpuNanos() - cpu;
    spentNanos += now - roundBegun;
    rounds.add(Arrays.copyOf(nanos, count));
  }

  long spentNanos() {
    return spentNanos;
  }

  /** Calls of all rounds. */
  long calls() {
    return rounds.stream().mapToLong(round -> round.length).sum();
  }

  /** Nanoseconds of a call, the slow ones included. */
  double meanNanos() {
    return (double) spentNanos / calls();
  }

  /** Nanoseconds that so large a part (0 to 1) of all calls stayed below. */
  double quantile(double part) {
    return quantile(rounds.stream().flatMapToDouble(Arrays::stream).toArray(), part);
  }

  /** Nanoseconds of processor for a call; the operating system counts them in hundredths of 1 s. */
  double cpuNanosOfCall() {
    return (double) cpuNanos / calls();
  }

  /** How many times as long as another's it takes: the median over the rounds of both. */
  double ratioTo(EngineSamples other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds.size(), other.rounds.size()); i++) {
      ratios.add(quantile(rounds.get(i), 0.5) / quantile(other.rounds.get(i), 0.5));
    }
    return Medians.of(ratios);
  }

  private static double quantile(double[] nanos, double part) {
    double[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  }

  /** By name, as the interface with that attribute is not Java's but the JDK's. */
  private static long processCpuNanos() {
    try {
      return (long)
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(
                  new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "ProcessCpuTime");
    } catch (JMException e) {
      throw new IllegalStateException("this JVM does not count its processor time", e);
    }
  }
}
