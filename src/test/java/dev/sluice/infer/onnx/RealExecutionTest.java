package dev.sluice.infer.onnx;

import static dev.sluice.config.Execution.CPU;
import static dev.sluice.config.Execution.CUDA;
import static dev.sluice.config.Execution.TENSORRT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.ExecutionMode;
import dev.sluice.infer.ProviderShare;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealExecutionTest {
  private static final String ON_CPU = "CPUExecutionProvider";
  private static final String ON_CUDA = "CUDAExecutionProvider";
  private static final String ON_TENSORRT = "TensorrtExecutionProvider";

  @Test
  void someNodesSuffice() {
    assertThat(RealExecution.of(CUDA, share(ON_CPU, 9, ON_CUDA, 1))).isEqualTo(CUDA);
    assertThat(RealExecution.of(TENSORRT, share(ON_CUDA, 9, ON_TENSORRT, 1))).isEqualTo(TENSORRT);
    assertThat(RealExecution.of(CPU, share(ON_CPU, 1))).isEqualTo(CPU);
  }

  @Test
  void withoutNodesItIsTheNextBest() {
    assertThat(RealExecution.of(CUDA, share(ON_CPU, 3))).isEqualTo(CPU);
    assertThat(RealExecution.of(CUDA, share(ON_CPU, 3, ON_CUDA, 0))).isEqualTo(CPU);
    assertThat(RealExecution.of(TENSORRT, share(ON_CUDA, 3, ON_CPU, 1))).isEqualTo(CUDA);
    assertThat(RealExecution.of(TENSORRT, share(ON_CPU, 3))).isEqualTo(CPU);
  }

  @Test
  void whatWasRequiredAndRanNothingIsRefused() {
    assertThatThrownBy(
            () -> RealExecution.require("model m", CUDA, ExecutionMode.REQUIRE, share(ON_CPU, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "cuda was required, but model m has no nodes that cuda runs; it was run by CPUExecutionProvider 3 nodes (100 %, 100 % of time); expected operators that have kernels there, or model.execution: cpu");
    ProviderShare some = share(ON_CPU, 3, ON_CUDA, 1);
    assertThat(RealExecution.require("model m", CUDA, ExecutionMode.REQUIRE, some)).isEqualTo(CUDA);
  }

  @Test
  void whatWasPreferredAndRanNothingIsNotNamed() {
    assertThat(RealExecution.require("model m", CUDA, ExecutionMode.PREFER, share(ON_CPU, 3)))
        .isEqualTo(CPU);
  }

  private static ProviderShare share(Object... providersAndNodes) {
    List<ProviderShare.Part> parts = new ArrayList<>();
    for (int i = 0; i < providersAndNodes.length; i += 2) {
      int nodes = (Integer) providersAndNodes[i + 1];
      parts.add(new ProviderShare.Part((String) providersAndNodes[i], nodes, 1, 1));
    }
    return new ProviderShare(parts);
  }
}
