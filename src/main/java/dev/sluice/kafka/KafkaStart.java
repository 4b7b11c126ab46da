package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be right at the brokers before a job is submitted: all checks, one report. */
public final class KafkaStart {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaStart.class);

  private static final List<StartCheck> CHECKS =
      List.of(
          new RegistryCheck(),
          new RightsCheck(),
          new SizeCheck(),
          new CompactionCheck(),
          new DeliveryCheck(),
          new PositionCheck());

  private KafkaStart() {}

  /**
   * Checks client properties, topics, rights and limits; creates topics that are missing if the
   * options say so.
   *
   * @return what the brokers told that the job goes by
   * @throws TopicException with one line per reason not to start, or if no broker answers
   */
  public static TopicFacts check(JobOptions options) {
    UnknownProperties.warnings(options.kafka()).forEach(line -> LOG.warn("{}", line));
    List<String> problems = new ArrayList<>();
    ClientPropertyCheck.check(options.kafka(), problems::add);
    refuseIfAny(problems); // before anything is created, or asked with such properties
    try (Topics source = Topics.source(options);
        Topics sinks = Topics.sinks(options)) {
      ClientTrial.check(options, source.login(), sinks.login(), problems::add);
      refuseIfAny(problems);
      TopicCreation.require(options, source, sinks);
      for (StartCheck check : CHECKS) {
        check.check(options, source, sinks, problems::add, line -> LOG.warn("{}", line));
      }
      refuseIfAny(problems);
      return new TopicFacts(CompactionCheck.isCompacted(sinks, options.kafka().predictionsTopic()));
    }
  }

  private static void refuseIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new TopicException(String.join("\n", problems));
    }
  }
}
