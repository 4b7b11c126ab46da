/**
 * Looking at a model package: what the command {@code inspect} finds out and how it tells it.
 *
 * <pre>
 *   path ─► Inspector ─► Inspection ─┬─► InspectionText  for a person
 *   + schema, profile                └─► InspectionJson  one object
 * </pre>
 *
 * <p>Nothing in a package is trusted: a package that cannot be opened is a finding like others, and
 * what is printed is bounded and does not steer the terminal.
 */
package dev.sluice.cli.inspect;
