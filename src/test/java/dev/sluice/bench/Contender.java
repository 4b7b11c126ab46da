package dev.sluice.bench;

/**
 * One way to score the records of a topic into another, for as long as records come. All run on one
 * thread or slot, with one thread of ONNX Runtime.
 */
interface Contender extends AutoCloseable {
  /** Returns the name in reports. */
  String name();

  /** Returns whether it runs the model once per record, and so has only a share of them to do. */
  default boolean isPerRecord() {
    return false;
  }

  /** Starts to score, from the first record on, until it is closed; called once. */
  void start(Trial trial, Route route) throws Exception;

  /**
   * @throws Exception if it has failed and scores no more: why
   */
  void requireRunning() throws Exception;

  /**
   * Returns for how long its JVM had compiled when it was last asked whether it runs, in seconds; 0
   * if that is not known.
   */
  default double compiledSeconds() {
    return 0;
  }

  /** Returns how much of a processor's time its process has had, in seconds; 0 if not known. */
  default double processorSeconds() {
    return 0;
  }

  /**
   * Stops its process where it is, if it has one of its own: what waits for its next round takes no
   * time from whoever's turn it is.
   */
  default void pause() throws Exception {}

  /** Has its process go on. */
  default void resume() throws Exception {}

  /** Ends it; nothing if it was not started. */
  @Override
  void close();
}
