package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * What the model runs on, and what that may take.
 *
 * @param device what computes
 * @param mode what happens where that is not to be had
 * @param intraOpThreads threads within one operation of the model, at least 1
 * @param interOpThreads threads across operations of the model, at least 1
 * @param cpuArena whether the runtime keeps memory of the processor that it once took
 * @param gpuMemoryLimit most GPU memory of a session, which is per slot; 0 for no limit
 * @param arenaExtendStrategy by how much the memory of the GPU is extended
 * @param gpuResource the name of Flink's external resource that stands for GPUs
 */
public record ExecutionOptions(
    Execution device,
    ExecutionMode mode,
    int intraOpThreads,
    int interOpThreads,
    boolean cpuArena,
    MemorySize gpuMemoryLimit,
    ArenaExtendStrategy arenaExtendStrategy,
    String gpuResource)
    implements Serializable {
  public static final ConfigOption<Execution> DEVICE =
      ConfigOptions.key("model.execution")
          .enumType(Execution.class)
          .defaultValue(Execution.CPU)
          .withDescription("What the model runs on: cpu, cuda or tensorrt.");

  public static final ConfigOption<ExecutionMode> MODE =
      ConfigOptions.key("model.execution-mode")
          .enumType(ExecutionMode.class)
          .defaultValue(ExecutionMode.PREFER)
          .withDescription(
              "Where that is not to be had: prefer falls back from tensorrt to cuda to cpu, require fails the job, which Flink restarts as its restart strategy says: another TaskManager may have it.");

  public static final ConfigOption<Integer> INTRA_OP_THREADS =
      ConfigOptions.key("model.intra-op-threads")
          .intType()
          .defaultValue(1)
          .withDescription("Threads within one operation of the model, 1 to 1024.");

  public static final ConfigOption<Integer> INTER_OP_THREADS =
      ConfigOptions.key("model.inter-op-threads")
          .intType()
          .defaultValue(1)
          .withDescription("Threads across operations of the model, 1 to 1024.");

  public static final ConfigOption<Boolean> CPU_ARENA =
      ConfigOptions.key("model.cpu-arena")
          .booleanType()
          .defaultValue(true)
          .withDescription(
              "Whether the runtime keeps memory of the processor that it once took: faster, but a large batch's stays taken.");

  public static final ConfigOption<MemorySize> GPU_MEMORY_LIMIT =
      ConfigOptions.key("model.gpu-memory-limit")
          .memoryType()
          .defaultValue(MemorySize.ZERO)
          .withDescription(
              "Most GPU memory that the runtime takes for the model, per slot; 0 for no limit.");

  public static final ConfigOption<ArenaExtendStrategy> ARENA_EXTEND_STRATEGY =
      ConfigOptions.key("model.arena-extend-strategy")
          .enumType(ArenaExtendStrategy.class)
          .defaultValue(ArenaExtendStrategy.NEXT_POWER_OF_TWO)
          .withDescription(
              "By how much the runtime extends its GPU memory: next-power-of-two or same-as-requested.");

  public static final ConfigOption<String> GPU_RESOURCE =
      ConfigOptions.key("model.gpu-resource")
          .stringType()
          .defaultValue("gpu")
          .withDescription(
              "Name of Flink's external resource whose devices the subtasks share; where Flink has none of this name, device 0.");

  public ExecutionOptions {
    requireNonNull(device, "device is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(gpuMemoryLimit, "gpuMemoryLimit is null");
    requireNonNull(arenaExtendStrategy, "arenaExtendStrategy is null");
    requireNonNull(gpuResource, "gpuResource is null");
    if (intraOpThreads < 1 || interOpThreads < 1) {
      throw new IllegalArgumentException(
          "intra-op threads are %d, inter-op threads %d, expected at least 1"
              .formatted(intraOpThreads, interOpThreads));
    }
  }

  /** Returns the options to run on the processor with one thread. */
  public static ExecutionOptions cpu() {
    return of(Execution.CPU, ExecutionMode.REQUIRE);
  }

  /** Returns the options to run on a device, all else by default. */
  public static ExecutionOptions of(Execution device, ExecutionMode mode) {
    return new ExecutionOptions(
        device,
        mode,
        INTRA_OP_THREADS.defaultValue(),
        INTER_OP_THREADS.defaultValue(),
        CPU_ARENA.defaultValue(),
        GPU_MEMORY_LIMIT.defaultValue(),
        ARENA_EXTEND_STRATEGY.defaultValue(),
        GPU_RESOURCE.defaultValue());
  }

  /** Returns the options to run on another device, all else the same. */
  public ExecutionOptions on(Execution newDevice, ExecutionMode newMode) {
    return new ExecutionOptions(
        newDevice,
        newMode,
        intraOpThreads,
        interOpThreads,
        cpuArena,
        gpuMemoryLimit,
        arenaExtendStrategy,
        gpuResource);
  }

  static ExecutionOptions read(OptionValues values) {
    String threads = "a whole number from 1 to 1024";
    return new ExecutionOptions(
        values.get(DEVICE, "cpu, cuda or tensorrt"),
        values.get(MODE, "prefer or require"),
        values.get(INTRA_OP_THREADS, threads, count -> count >= 1 && count <= 1024),
        values.get(INTER_OP_THREADS, threads, count -> count >= 1 && count <= 1024),
        values.get(CPU_ARENA, "true or false"),
        values.get(GPU_MEMORY_LIMIT, "a size such as 4 gb, or 0"),
        values.get(ARENA_EXTEND_STRATEGY, "next-power-of-two or same-as-requested"),
        values.get(GPU_RESOURCE, "the name of an external resource", name -> !name.isBlank()));
  }

  static List<ConfigOption<?>> options() {
    return List.of(
        DEVICE,
        MODE,
        INTRA_OP_THREADS,
        INTER_OP_THREADS,
        CPU_ARENA,
        GPU_MEMORY_LIMIT,
        ARENA_EXTEND_STRATEGY,
        GPU_RESOURCE);
  }
}
