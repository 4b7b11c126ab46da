/**
 * Models that ONNX Runtime runs: the only code that names it.
 *
 * <pre>
 *   OnnxModelLoader ─► SessionFactory ─► OpenSession ─┐
 *                      InputTensors ──────────────────┼─► OnnxModel (a Model)
 *                      OutputTensors ─────────────────┘
 * </pre>
 *
 * <p>Native objects are closed, on every path, by the class that opened them; direct buffers belong
 * to the batches.
 */
package dev.sluice.infer.onnx;
