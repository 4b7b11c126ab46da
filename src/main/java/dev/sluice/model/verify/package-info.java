/**
 * Whether a model package can be used: what it says of itself, held against its graph and against
 * the runtime that is to run it.
 *
 * <pre>
 *   ModelPackage ──► PackageVerifier ──► Findings
 *                      ├─ digests, stated and real
 *                      ├─ RuntimeCheck      IR version, operator sets, operators, locales
 *                      ├─ DependencyCheck   requirements.txt, conda.yaml, python_env.yaml
 *                      └─ SignatureCheck    MLmodel's signature and the graph
 * </pre>
 *
 * <p>A problem is a certainty: with it the package does not work. What may work, or may not be
 * meant, is a warning; what is worth knowing is a note. Nothing is loaded into the runtime here.
 */
package dev.sluice.model.verify;
