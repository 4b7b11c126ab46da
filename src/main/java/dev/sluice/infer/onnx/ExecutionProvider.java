package dev.sluice.infer.onnx;

/** What computes a model. */
public enum ExecutionProvider {
  /** The processor. */
  CPU,
  /** A GPU by NVIDIA; needs the artifact onnxruntime_gpu. */
  CUDA
}
