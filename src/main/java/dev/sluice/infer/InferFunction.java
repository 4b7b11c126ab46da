package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.OutputOptions;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Scores batches with one model per subtask. The answer is one reused batch, valid until the next
 * call. Metrics: {@code batches}; {@code rowsScored} + {@code rowsFailed} = rows taken; {@code
 * modelLoadMillis}.
 */
public final class InferFunction extends RichMapFunction<FeatureBatch, PredictionBatch> {
  private static final long serialVersionUID = 1L;

  private final ModelLoader loader;
  private final ModelLocation location;
  private final FeatureLayout layout;
  private final int maxRows;
  private final OutputOptions outputs;

  private transient Model model;
  private transient Scorer scorer;
  private transient PredictionBatch result;
  private transient Counter batches;
  private transient Counter rowsScored;
  private transient Counter rowsFailed;

  /**
   * @param location where the loader finds the model's files
   * @param layout what the batches hold
   * @param maxRows the largest capacity of a batch
   * @param outputs what becomes of the model's outputs
   */
  public InferFunction(
      ModelLoader loader,
      ModelLocation location,
      FeatureLayout layout,
      int maxRows,
      OutputOptions outputs) {
    this.loader = requireNonNull(loader, "loader is null");
    this.location = requireNonNull(location, "location is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.maxRows = maxRows;
    this.outputs = requireNonNull(outputs, "outputs is null");
  }

  @Override
  public void open(OpenContext context) {
    long start = System.nanoTime();
    ModelPlace place = new ModelPlace(location.resolve(getRuntimeContext().getDistributedCache()));
    model = loader.load(place, layout, maxRows);
    long loadMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    scorer = new Scorer(model, outputs);
    result = new PredictionBatch();
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    batches = metrics.counter("batches");
    rowsScored = metrics.counter("rowsScored");
    rowsFailed = metrics.counter("rowsFailed");
    metrics.gauge("modelLoadMillis", () -> loadMillis);
  }

  @Override
  public PredictionBatch map(FeatureBatch batch) {
    int failed = scorer.score(batch, result);
    batches.inc();
    rowsScored.inc(batch.size() - failed);
    rowsFailed.inc(failed);
    return result;
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
      model = null;
    }
  }
}
