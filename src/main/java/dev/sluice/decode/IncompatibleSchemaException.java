package dev.sluice.decode;

import java.util.List;

/** A writer schema that cannot be read as the reader's: one line per problem. */
public final class IncompatibleSchemaException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_SHOWN = 5;

  private final List<String> problems;

  IncompatibleSchemaException(List<String> problems) {
    super(joined(problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns some problems as one line. */
  static String joined(List<String> problems) {
    int more = problems.size() - MAX_SHOWN;
    return String.join("; ", problems.subList(0, Math.min(MAX_SHOWN, problems.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  /** Returns the problems, one line each: which field, what it is, what was expected. */
  public List<String> problems() {
    return problems;
  }
}
