package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be right at the brokers before a job is submitted: all checks, one report. */
public final class KafkaStart {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaStart.class);

  private static final List<StartCheck> CHECKS = List.of(new RegistryCheck());

  private KafkaStart() {}

  /**
   * Checks topics, rights and limits.
   *
   * @throws TopicException with one line per reason not to start, or if no broker answers
   */
  public static void check(JobOptions options) {
    Topics.require(options);
    List<String> problems = new ArrayList<>();
    try (Topics source = Topics.connect(options.kafka());
        Topics sinks = Topics.connect(options.kafka())) {
      for (StartCheck check : CHECKS) {
        check.check(options, source, sinks, problems::add, line -> LOG.warn("{}", line));
      }
    }
    if (!problems.isEmpty()) {
      throw new TopicException(String.join("\n", problems));
    }
  }
}
