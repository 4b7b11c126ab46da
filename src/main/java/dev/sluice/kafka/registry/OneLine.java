package dev.sluice.kafka.registry;

/** What somebody else says, made fit for a line of ours. */
final class OneLine {
  private static final int MAX_LENGTH = 300;

  private OneLine() {}

  /** Returns a text without control characters, of at most 300 characters. */
  static String of(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
  }

  /** Returns an exception's message and its kind where the message alone says too little. */
  static String of(Exception e) {
    String kind = e.getClass().getSimpleName();
    return of(e.getMessage() == null ? kind : kind + ": " + e.getMessage());
  }
}
