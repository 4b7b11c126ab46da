package dev.sluice.infer;

import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;
import org.apache.flink.streaming.api.operators.StreamMap;

/** Runs an {@link InferFunction}, and lets another thread fail the task where its own is stuck. */
public final class InferOperator extends StreamMap<FeatureBatch, PredictionBatch> {
  private static final long serialVersionUID = 1L;

  public InferOperator(InferFunction function) {
    super(function);
  }

  @Override
  public void open() throws Exception {
    ((InferFunction) userFunction).failTaskBy(getContainingTask().getEnvironment()::failExternally);
    super.open();
  }
}
