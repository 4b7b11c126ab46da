package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import java.util.function.Consumer;

/** Something that has to be right at the brokers before the job is submitted. */
interface StartCheck {
  /**
   * Asks the brokers.
   *
   * @param source what the consumer's login reaches
   * @param sinks what the producers' login reaches
   * @param problem takes one line per reason not to start
   * @param warning takes one line per thing that may go wrong
   * @throws TopicException if the brokers cannot be asked at all
   */
  void check(
      JobOptions options,
      Topics source,
      Topics sinks,
      Consumer<String> problem,
      Consumer<String> warning);
}
