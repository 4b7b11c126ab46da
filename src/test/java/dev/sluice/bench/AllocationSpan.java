package dev.sluice.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the threads of this process allocate from {@link #begin} to {@link #end}: how much is
 * counted per thread, exactly, and who allocates is sampled by JFR, each sample standing for what
 * its thread has allocated since the one before.
 */
final class AllocationSpan implements AutoCloseable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String SAMPLE = "jdk.ObjectAllocationSample";

  private final Recording recording = new Recording();
  private final Path file;
  private final Predicate<String> counted;
  private Map<Long, Long> atBegin = Map.of();
  private Instant begun;

  /**
   * Starts to sample; well before the span, since a thread's first sample stands for all of its
   * past.
   *
   * @param file where the recording is written
   * @param counted which threads count, by name
   */
  AllocationSpan(Path file, Predicate<String> counted) {
    this.file = file;
    this.counted = counted;
    recording.enable(SAMPLE).with("throttle", "100000/s").withStackTrace();
    recording.start();
  }

  /** Begins the span. */
  void begin() {
    begun = Instant.now();
    atBegin = allocated();
  }

  /**
   * Ends the span.
   *
   * @param records how many went through meanwhile
   */
  AllocationReport end(long records) throws IOException {
    Map<Long, Long> bytes = allocated();
    Instant ended = Instant.now();
    bytes.replaceAll((thread, total) -> total - atBegin.getOrDefault(thread, 0L));
    bytes.values().removeIf(grown -> grown == 0);
    recording.stop();
    recording.dump(file);
    return new AllocationReport(records, bytes, samples(ended));
  }

  /** Returns the bytes that each thread that counts has allocated so far, by its id. */
  private Map<Long, Long> allocated() {
    Map<Long, Long> bytes = new HashMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && counted.test(thread.getThreadName())) {
        bytes.put(
            thread.getThreadId(),
            Math.max(0, THREADS.getThreadAllocatedBytes(thread.getThreadId())));
      }
    }
    return bytes;
  }

  /** Returns the weights of the samples within the span by thread and what they say. */
  private Map<Long, Map<Allocator.Judged, Long>> samples(Instant ended) throws IOException {
    Map<Long, Map<Allocator.Judged, Long>> weights = new HashMap<>();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        Instant time = event.getStartTime();
        if (event.getEventType().getName().equals(SAMPLE)
            && event.getThread() != null
            && event.getStackTrace() != null
            && time.isAfter(begun)
            && time.isBefore(ended)) {
          Allocator.Judged judged =
              Allocator.judge(event.getClass("objectClass"), event.getStackTrace().getFrames());
          weights
              .computeIfAbsent(event.getThread().getJavaThreadId(), id -> new HashMap<>())
              .merge(judged, event.getLong("weight"), Long::sum);
        }
      }
    }
    return weights;
  }

  @Override
  public void close() {
    recording.close();
  }
}
