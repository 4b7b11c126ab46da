package dev.sluice.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metric.RecordedMetrics;
import org.junit.jupiter.api.Test;

class InferMetricsTest {
  private final RecordedMetrics recorded = new RecordedMetrics();

  /** What a model says that runs on a device. */
  private record Status(String executionProvider, int device) implements ModelStatus {
    @Override
    public long warmUpMillis() {
      return 250;
    }
  }

  private void register(Status status, boolean gpuWanted, OffHeapBudget budget) {
    new InferMetrics(recorded, status, gpuWanted, budget, 1_500_000_000L);
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
