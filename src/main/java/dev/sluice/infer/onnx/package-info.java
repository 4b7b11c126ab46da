/**
 * Models that ONNX Runtime runs: the only code that names it.
 *
 * <pre>
 *   OnnxModelLoader ─► SessionFactory ─► OpenSession (SessionParts, Devices, SessionProfile)
 *          │                                  │
 *          │                           GuardedSession ◄─── Watchdog
 *          ▼                                  │
 *   WarmUp ─► OnnxModel ──── exact size ──► SessionRuns ─► InputTensors, OutputTensors
 *             BatchSizes ─── PaddedRows ──► SessionRuns
 *             RunLimit, MemoryVerdict (PaddedRows of neutral rows)
 * </pre>
 *
 * <p>Native objects are closed, on every path, by the class that opened them or the one it handed
 * them to; direct buffers belong to the batches.
 */
package dev.sluice.infer.onnx;
