package dev.sluice.model.verify;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found about a package, one line each, in the order in which it was found; the same line
 * is kept once. Collects; used by one thread.
 */
public final class Findings {
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();

  /** Adds why the package cannot be used. */
  public void problem(String line) {
    problems.add(line);
  }

  /** Adds what may be wrong. */
  public void warning(String line) {
    warnings.add(line);
  }

  /** Adds what is worth knowing. */
  public void note(String line) {
    notes.add(line);
  }

  /** Runs a check that throws at its first problem, and keeps that. */
  public void attempt(Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      problem(e.getMessage());
    }
  }

  /** Adds all findings of another. */
  public void addAll(Findings others) {
    problems.addAll(others.problems);
    warnings.addAll(others.warnings);
    notes.addAll(others.notes);
  }

  /** Returns whether nothing speaks against using the package. */
  public boolean isUsable() {
    return problems.isEmpty();
  }

  public List<String> problems() {
    return List.copyOf(problems);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public String toString() {
    return "problems " + problems + ", warnings " + warnings + ", notes " + notes;
  }
}
