package dev.sluice.config;

/** What a schema's subject is called in a registry. */
public enum SubjectNames {
  /** The topic's name and {@code -value}. */
  TOPIC("topic"),
  /** The record's full name. */
  RECORD("record"),
  /** The topic's name, a hyphen and the record's full name. */
  TOPIC_RECORD("topic-record");

  private final String text;

  SubjectNames(String text) {
    this.text = text;
  }

  /**
   * Returns the subject of the values of a topic.
   *
   * @param record full name of their schema
   */
  public String of(String topic, String record) {
    return switch (this) {
      case TOPIC -> topic + "-value";
      case RECORD -> record;
      case TOPIC_RECORD -> topic + "-" + record;
    };
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
