package dev.sluice.infer;

import dev.sluice.record.FeatureBatch;
import dev.sluice.record.PredictionBatch;
import org.apache.flink.streaming.api.operators.StreamMap;

/**
 * Runs an {@link InferFunction}, and lets another thread fail the task where its own is stuck, and
 * end a run of the model where the task is cancelled.
 */
public final class InferOperator extends StreamMap<FeatureBatch, PredictionBatch> {
  private static final long serialVersionUID = 1L;

  private transient Cancellation cancellation;

  public InferOperator(InferFunction function) {
    super(function);
  }

  @Override
  public void open() throws Exception {
    InferFunction function = (InferFunction) userFunction;
    function.failTaskBy(getContainingTask().getEnvironment()::failExternally);
    cancellation = new Cancellation();
    function.cancelBy(cancellation);
    getContainingTask().getCancelables().registerCloseable(cancellation);
    super.open();
  }

  @Override
  public void close() throws Exception {
    super.close();
    if (cancellation != null) {
      getContainingTask().getCancelables().unregisterCloseable(cancellation);
    }
  }
}
