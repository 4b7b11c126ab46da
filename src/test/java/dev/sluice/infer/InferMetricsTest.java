package dev.sluice.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metric.RecordedMetrics;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.InputTensor;
import org.junit.jupiter.api.Test;

class InferMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();

  /** What a model says that runs on a device. */
  private record Status(String executionProvider, int device) implements ModelStatus {
    @Override
    public long warmUpMillis() {
      return 250;
    }

    @Override
    public int batchCap() {
      return 64;
    }

    @Override
    public long runsTimedOut() {
      return 3;
    }

    @Override
    public long directBytes() {
      return 5_000;
    }

    @Override
    public long runtimeBytes() {
      return 70_000;
    }
  }

  private InferMetrics register(Status status, boolean gpuWanted, OffHeapBudget budget) {
    return new InferMetrics(recorded, status, gpuWanted, budget, 1_500_000_000L);
  }

  @Test
  void aModelThatShallRunOnAGpuAndDoesNot() {
    register(new Status("cpu", -1), true, new OffHeapBudget(1000, 4));
    assertThat(recorded.value("model_gpu_fallback")).isEqualTo(1);
    assertThat(recorded.value("model_session{provider=cpu,device=none}")).isEqualTo(1);
    assertThat(recorded.value("model_off_heap_budget_bytes")).isEqualTo(250);
    assertThat(recorded.value("model_load_seconds")).isEqualTo(1.5);
    assertThat(recorded.value("model_warm_up_seconds")).isEqualTo(0.25);
  }

  @Test
  void whatAModelSaysOfItself() {
    register(new Status("cpu", -1), false, OffHeapBudget.unlimited());
    assertThat(recorded.value("model_batch_cap_records")).isEqualTo(64);
    assertThat(recorded.value("model_runs_timed_out_total")).isEqualTo(3);
    assertThat(recorded.value("model_direct_bytes")).isEqualTo(5_000);
    assertThat(recorded.value("model_runtime_bytes")).isEqualTo(70_000);
  }

  @Test
  void whatBecameOfTheRowsOfBatches() {
    InferMetrics metrics = register(new Status("cpu", -1), false, OffHeapBudget.unlimited());
    InputTensor x = TestBatches.input("x", ElementType.FLOAT, 1);
    FeatureBatch batch = new FeatureBatch(TestBatches.layout(x), 8);
    for (int row = 0; row < 7; row++) {
      TestBatches.append(batch, 0.5f);
    }
    metrics.count(batch, 1, 2, 1_500_000_000L);
    metrics.count(batch, 0, 0, 500_000_000L);
    assertThat(recorded.value("batches_scored_total")).isEqualTo(2);
    assertThat(recorded.value("records_scored_total")).isEqualTo(13);
    assertThat(recorded.value("records_unscored_total")).isEqualTo(1);
    assertThat(recorded.value("records_nan_kept_total")).isEqualTo(2);
    assertThat(recorded.value("inference_seconds_total")).isEqualTo(2);
  }

  @Test
  void aModelThatRunsOnAGpu() {
    register(new Status("cuda", 1), true, OffHeapBudget.unlimited());
    assertThat(recorded.value("model_gpu_fallback")).isZero();
    assertThat(recorded.value("model_session{provider=cuda,device=1}")).isEqualTo(1);
    assertThat(recorded.value("model_off_heap_budget_bytes")).isNaN();
  }

  @Test
  void aModelThatShallRunOnTheProcessor() {
    register(new Status("cpu", -1), false, OffHeapBudget.unlimited());
    assertThat(recorded.value("model_gpu_fallback")).isZero();
  }
}
