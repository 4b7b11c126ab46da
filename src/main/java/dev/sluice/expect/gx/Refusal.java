package dev.sluice.expect.gx;

/** Says why an entry of a suite does not become an expectation; caught by the translator. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Which list of a translation takes the entry. */
  enum Kind {
    VACUOUS,
    UNSUPPORTED,
    WRONG
  }

  private final Kind kind;

  private Refusal(Kind kind, String reason) {
    super(reason, null, false, false); // it is no failure: nobody needs to know where it arose
    this.kind = kind;
  }

  static Refusal vacuous(String reason) {
    return new Refusal(Kind.VACUOUS, reason);
  }

  static Refusal unsupported(String reason) {
    return new Refusal(Kind.UNSUPPORTED, reason);
  }

  static Refusal wrong(String reason) {
    return new Refusal(Kind.WRONG, reason);
  }

  Kind kind() {
    return kind;
  }
}
