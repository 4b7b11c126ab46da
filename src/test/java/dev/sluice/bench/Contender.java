package dev.sluice.bench;

/**
 * One way to score the records of a topic into another. All run on one thread or slot, with one
 * thread of ONNX Runtime.
 */
interface Contender {
  /** Returns the name in reports. */
  String name();

  /** Returns whether it runs the model once per record, and so has only a share of them to do. */
  default boolean isPerRecord() {
    return false;
  }

  /** Returns how long the JVM compiled in the last run, in seconds; 0 if that is not known. */
  default double compiledSeconds() {
    return 0;
  }

  /**
   * Scores the first records of the topic; all predictions are written when it returns.
   *
   * @param predictionsTopic where each record's prediction is written
   * @param records how many to score, all there are but for one that is per record
   */
  void run(Trial trial, String predictionsTopic, long records) throws Exception;
}
