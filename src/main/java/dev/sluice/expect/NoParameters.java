package dev.sluice.expect;

/** What an expectation has that needs no parameters. */
public record NoParameters() implements Parameters {
  /** All there is. */
  public static final NoParameters NONE = new NoParameters();

  @Override
  public String describe() {
    return "";
  }
}
