package dev.sluice.report.console;

import static java.util.Objects.requireNonNull;

/**
 * A request that is not answered, and why: what was wrong, what came, what was expected. None of
 * the three has a secret in it.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MAX_GOT = 200;

  private final int status;
  private final String what;
  private final String got;
  private final String expected;

  /**
   * @param status the HTTP status, 400 to 599
   * @param got what came; cut after 200 characters
   */
  public Refusal(int status, String what, String got, String expected) {
    super("%s is %s, expected %s".formatted(what, cut(got), expected), null, false, false);
    this.status = status;
    this.what = requireNonNull(what, "what is null");
    this.got = cut(got);
    this.expected = requireNonNull(expected, "expected is null");
  }

  private static String cut(String text) {
    return text.length() <= MAX_GOT ? text : text.substring(0, MAX_GOT) + "...";
  }

  int status() {
    return status;
  }

  String what() {
    return what;
  }

  String got() {
    return got;
  }

  String expected() {
    return expected;
  }
}
