package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a loader finds on the machine that it loads a model on.
 *
 * @param files the directory or file of the model package
 * @param devices the numbers of the GPUs that it may share with others; one is used. Empty where
 *     nobody has told: then device 0
 * @param budget what direct buffers and the runtime may take outside the heap
 * @param onHung told if the model's thread is stuck in a run that cannot be terminated; called by
 *     another thread, at most once
 * @param cancellation of the task, which the model's runs end with
 */
public record ModelPlace(
    Path files,
    List<Integer> devices,
    OffHeapBudget budget,
    Consumer<Throwable> onHung,
    Cancellation cancellation) {
  public ModelPlace {
    requireNonNull(files, "files is null");
    devices = List.copyOf(devices);
    requireNonNull(budget, "budget is null");
    requireNonNull(onHung, "onHung is null");
    requireNonNull(cancellation, "cancellation is null");
  }

  /** A place of a task that is never cancelled. */
  public ModelPlace(
      Path files, List<Integer> devices, OffHeapBudget budget, Consumer<Throwable> onHung) {
    this(files, devices, budget, onHung, new Cancellation());
  }

  /** A place without limits that tells of files alone, and takes no notice of a stuck thread. */
  public ModelPlace(Path files) {
    this(files, List.of(), OffHeapBudget.unlimited(), problem -> {});
  }
}
