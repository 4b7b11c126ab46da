package dev.sluice.bench;

/** One way to score the records of the features topic into a predictions topic. */
interface Contender {
  String name();

  /** Scores the first records of the features topic; writes one prediction per record. */
  void run(String bootstrapServers, String predictionsTopic, long records) throws Exception;
}
