package dev.sluice.config;

/** What computes a model. */
public enum Execution {
  /** The processor. */
  CPU("cpu"),
  /** An NVIDIA GPU by CUDA; needs ONNX Runtime's artifact for GPUs. */
  CUDA("cuda"),
  /** An NVIDIA GPU by TensorRT, which compiles the model for it when it is loaded. */
  TENSORRT("tensorrt");

  private final String text;

  Execution(String text) {
    this.text = text;
  }

  /** Returns whether it needs a GPU. */
  public boolean isGpu() {
    return this != CPU;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
