/**
 * The model package: reading, verifying and describing what a data scientist hands over.
 *
 * <pre>
 *   directory ── MLmodel ───────────► MlModelFile ─┐
 *             ── model.onnx ────────► OnnxGraph ───┼─► ModelPackage
 *             ── data-profile.json ────────────────┘
 * </pre>
 *
 * <p>Everything is read as data: no tags of YAML, no weights, nothing outside the directory.
 * Whatever is wrong with a package is one {@link dev.sluice.model.ModelPackageException}.
 */
package dev.sluice.model;
