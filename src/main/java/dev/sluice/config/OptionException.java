package dev.sluice.config;

import java.util.List;

/** Options that cannot be used: one line per problem, in the message and as a list. */
public final class OptionException extends IllegalArgumentException {
  private final List<String> problems;

  /**
   * @param problems what is wrong: at least one line, each naming the key, what it got and what was
   *     expected
   */
  public OptionException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, one line each, in the order in which they were found. */
  public List<String> problems() {
    return problems;
  }
}
