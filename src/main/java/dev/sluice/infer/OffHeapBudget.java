package dev.sluice.infer;

import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * What a task manager grants its slots outside the heap. Direct buffers beyond it end in an {@code
 * OutOfMemoryError}: the JVM enforces it. Memory that the runtime itself allocates is not counted
 * by anybody until the process outgrows its container.
 *
 * @param bytes for tasks and for Flink itself, all slots together; {@value #UNLIMITED} where nobody
 *     has set it
 * @param slots how many slots share it, at least 1
 */
public record OffHeapBudget(long bytes, int slots) {
  static final long UNLIMITED = Long.MAX_VALUE;

  private static final String KEY = TaskManagerOptions.TASK_OFF_HEAP_MEMORY.key();
  private static final long MEBIBYTE = 1 << 20;

  public OffHeapBudget {
    if (bytes < 0 || slots < 1) {
      throw new IllegalArgumentException(
          "budget is %d bytes for %d slots, expected at least 0 and 1".formatted(bytes, slots));
    }
  }

  /** Returns the budget of a process that has none: nothing is checked. */
  public static OffHeapBudget unlimited() {
    return new OffHeapBudget(UNLIMITED, 1);
  }

  /**
   * Returns the budget that a task manager runs with.
   *
   * @param taskManager its configuration, which on a real one has the sizes that it was started
   *     with; unlimited where that of the tasks is not set, as within one process
   */
  static OffHeapBudget of(Configuration taskManager) {
    MemorySize tasks =
        taskManager
            .getOptional(TaskManagerOptions.TASK_OFF_HEAP_MEMORY)
            .orElse(MemorySize.MAX_VALUE);
    if (tasks.equals(MemorySize.MAX_VALUE)) {
      return unlimited();
    }
    long framework = taskManager.get(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY).getBytes();
    long sum = tasks.getBytes() + Math.min(framework, Long.MAX_VALUE - tasks.getBytes());
    int slots = Math.max(1, taskManager.get(TaskManagerOptions.NUM_TASK_SLOTS));
    return new OffHeapBudget(sum, slots);
  }

  /**
   * Checks that the direct buffers of all slots fit.
   *
   * @param model what to call the model in the message
   * @param perSlot their bytes in each slot
   * @throws ClusterSetupException if they do not; the message says what to set
   */
  public void requireDirect(String model, long perSlot) {
    if (exceeds(perSlot)) {
      throw new ClusterSetupException(
          "%s: direct buffers take %s in each of %d slots, but the task manager grants %s outside the heap; set %s to at least %s, or make batch.max-rows smaller"
              .formatted(model, text(perSlot), slots, text(bytes), KEY, text(needed(perSlot))));
    }
  }

  /**
   * Returns a warning if the memory of the runtime does not fit beside the direct buffers.
   *
   * @param model what to call the model in the warning
   * @param perSlot bytes of both in each slot
   */
  public Optional<String> warning(String model, long perSlot) {
    if (!exceeds(perSlot)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s: runtime and direct buffers take about %s in each of %d slots, but the task manager grants %s outside the heap, and its container may be killed; set %s to at least %s"
            .formatted(model, text(perSlot), slots, text(bytes), KEY, text(needed(perSlot))));
  }

  /** Returns the bytes of each slot, NaN where nobody has set them. */
  double perSlot() {
    return bytes == UNLIMITED ? Double.NaN : (double) bytes / slots;
  }

  private boolean exceeds(long perSlot) {
    return bytes != UNLIMITED && perSlot > bytes / slots;
  }

  /** What Flink's own needs leave to tasks is not ours to use: the whole need, rounded up. */
  private long needed(long perSlot) {
    return Math.multiplyExact(perSlot, (long) slots);
  }

  private static String text(long size) {
    return (size + MEBIBYTE - 1) / MEBIBYTE + " mb";
  }
}
