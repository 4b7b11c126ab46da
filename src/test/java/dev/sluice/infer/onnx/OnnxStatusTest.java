package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.Execution;
import dev.sluice.config.ExecutionOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxStatusTest {
  private static final Path MLP = Path.of("src/test/resources/models/bench-mlp-30/model.onnx");

  /** A session that claims a device, as one for a GPU does; it needs none to be opened. */
  @Test
  void aDeviceThatRunsNothingIsNone() throws Exception {
    SessionParts parts = new SessionParts();
    parts.claim(List.of(3));
    parts.configure(ExecutionOptions.cpu(), Execution.CPU);
    try (GuardedSession session = new GuardedSession(parts.open(MLP, Execution.CUDA))) {
      OnnxStatus status = new OnnxStatus(session, new RunLimit(new BatchSizes(List.of()), 1));
      assertThat(status.executionProvider()).isEqualTo("cuda");
      assertThat(status.device()).isEqualTo(3);

      status.runsOn(Execution.CPU);
      assertThat(status.executionProvider()).isEqualTo("cpu");
      assertThat(status.device()).isEqualTo(-1);
    }
  }

  /** TensorRT's nodes may all be left to CUDA, on the same device. */
  @Test
  void aDeviceThatAnotherProviderRunsOnIsInUse() throws Exception {
    SessionParts parts = new SessionParts();
    parts.claim(List.of(3));
    parts.configure(ExecutionOptions.cpu(), Execution.CPU);
    try (GuardedSession session = new GuardedSession(parts.open(MLP, Execution.TENSORRT))) {
      OnnxStatus status = new OnnxStatus(session, new RunLimit(new BatchSizes(List.of()), 1));
      status.runsOn(Execution.CUDA);
      assertThat(status.device()).isEqualTo(3);
    }
  }
}
