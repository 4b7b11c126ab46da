package dev.sluice.cli.drift;

/**
 * How files are read where they do not tell by themselves.
 *
 * @param type what the values are
 * @param header whether the first row is a header; null where the file tells
 */
public record SampleOptions(Type type, Boolean header) {
  /** What the values are. */
  public enum Type {
    /** Numbers where the first values are, else texts. */
    AUTO,
    /** Numbers. */
    NUMBER,
    /** Texts, whatever they look like. */
    TEXT
  }
}
