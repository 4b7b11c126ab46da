/**
 * Recognising what is not ONNX: a model of another framework, a packed or damaged file, or no model
 * at all.
 *
 * <pre>
 *   file ────── Head ──┬─► Magic, ZipFormats, TarFormats ─────────────┐
 *                      ├─► Compressed ─► Head of what is inside ──┐   ├─► DetectedFormat ─► advice
 *                      └─► PickleFormats, ProtobufFormats, ◄──────┘   │
 *   directory ────────────► DirectoryFormats, TextFormats ────────────┘
 * </pre>
 *
 * <p>It takes bytes of any origin, gives a {@link dev.sluice.model.format.ModelFormat} with the one
 * line that leads to ONNX, and never loads, runs or unpickles anything. Reading is bounded
 * everywhere; garbage is no exception but a format that is not known.
 */
package dev.sluice.model.format;
