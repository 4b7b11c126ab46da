package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.NanOutput;
import dev.sluice.config.OutputOptions;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * Scores batches with one model per subtask. The answer is one reused batch, valid until the next
 * call. Its metrics are those of {@link InferMetrics}.
 */
public final class InferFunction extends RichMapFunction<FeatureBatch, PredictionBatch> {
  private static final long serialVersionUID = 1L;

  private final ModelLoader loader;
  private final ModelLocation location;
  private final FeatureLayout layout;
  private final int maxRows;
  private final ExecutionOptions execution;
  private final NanOutput nanOutput;
  private final OutputOptions outputs;

  private transient Consumer<Throwable> failTask;
  private transient Cancellation cancellation;
  private transient Model model;
  private transient Scorer scorer;
  private transient PredictionBatch result;
  private transient InferMetrics metrics;

  /**
   * @param location where the loader finds the model's files
   * @param layout what the batches hold
   * @param maxRows the largest capacity of a batch
   * @param execution what the model is meant to run on
   * @param nanOutput what becomes of rows that it answers with NaN
   * @param outputs what becomes of its outputs
   */
  public InferFunction(
      ModelLoader loader,
      ModelLocation location,
      FeatureLayout layout,
      int maxRows,
      ExecutionOptions execution,
      NanOutput nanOutput,
      OutputOptions outputs) {
    this.loader = requireNonNull(loader, "loader is null");
    this.location = requireNonNull(location, "location is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.maxRows = maxRows;
    this.execution = requireNonNull(execution, "execution is null");
    this.nanOutput = requireNonNull(nanOutput, "nanOutput is null");
    this.outputs = requireNonNull(outputs, "outputs is null");
  }

  /** Takes what fails the task from any thread; before it is opened. */
  void failTaskBy(Consumer<Throwable> newFailTask) {
    failTask = newFailTask;
  }

  /** Takes what tells that the task is cancelled; before it is opened. */
  void cancelBy(Cancellation newCancellation) {
    cancellation = newCancellation;
  }

  @Override
  public void open(OpenContext context) {
    PoolThreads.forgetJobs();
    long start = System.nanoTime();
    ModelPlace place = place(getRuntimeContext());
    model = load(place);
    long loadNanos = System.nanoTime() - start;
    scorer = new Scorer(model, nanOutput, outputs);
    result = new PredictionBatch();
    metrics =
        new InferMetrics(
            getRuntimeContext().getMetricGroup(),
            model.status(),
            execution.device().isGpu(),
            place.budget(),
            loadNanos);
  }

  private Model load(ModelPlace place) {
    try {
      return loader.load(place, layout, maxRows);
    } catch (ClusterSetupException e) {
      throw new SuppressRestartsException(e); // the same would be found again
    }
  }

  private ModelPlace place(RuntimeContext context) {
    return new ModelPlace(
        location.resolve(context.getDistributedCache()),
        execution.device().isGpu() ? GpuDevices.of(context, execution.gpuResource()) : List.of(),
        context instanceof StreamingRuntimeContext streaming
            ? OffHeapBudget.of(streaming.getTaskManagerRuntimeInfo().getConfiguration())
            : OffHeapBudget.unlimited(),
        failTask == null ? problem -> {} : failTask,
        cancellation == null ? new Cancellation() : cancellation);
  }

  @Override
  public PredictionBatch map(FeatureBatch batch) {
    long start = System.nanoTime();
    int failed = scorer.score(batch, result);
    metrics.count(batch, failed, scorer.flagged(), System.nanoTime() - start);
    return result;
  }

  @Override
  public void close() {
    PoolThreads.forgetJobs();
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
