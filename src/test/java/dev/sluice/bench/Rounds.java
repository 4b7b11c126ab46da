package dev.sluice.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures passes in turn, round by round, so that none of them has the machine to itself while it
 * is fast. What counts is the processor's time of the calling thread: waiting for a processor that
 * is busy with something else is no cost of the work.
 *
 * @param count how many rounds count, 1 or more
 * @param warmUp how many rounds before them do not, 0 or more
 * @param share the least time that a round gives each pass
 */
record Rounds(int count, int warmUp, Duration share) {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Does a fixed amount of work in the calling thread. */
  interface Pass {
    /** Makes what the next run takes, off the clock. */
    default void prepare() {}

    void run() throws Exception;
  }

  /** Returns the nanoseconds that each pass took, one list per pass with one number per round. */
  List<List<Double>> measure(List<? extends Pass> passes) throws Exception {
    List<List<Double>> nanos = new ArrayList<>();
    passes.forEach(pass -> nanos.add(new ArrayList<>()));
    for (int round = -warmUp; round < count; round++) {
      for (int i = 0; i < passes.size(); i++) {
        double measured = measure(passes.get(i));
        if (round >= 0) {
          nanos.get(i).add(measured);
        }
      }
    }
    return nanos;
  }

  private double measure(Pass pass) throws Exception {
    long spent = 0;
    int passes = 0;
    while (passes == 0 || spent < share.toNanos()) {
      pass.prepare();
      long start = cpuNanos();
      pass.run();
      spent += cpuNanos() - start;
      passes++;
    }
    return (double) spent / passes;
  }

  /** Returns the processor's time that the calling thread has taken so far. */
  static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
