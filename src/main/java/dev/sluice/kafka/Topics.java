package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of a Kafka cluster. Every call answers or fails within {@link #TIMEOUT}. Not
 * thread-safe; the one who connects closes it.
 */
public final class Topics implements AutoCloseable {
  /** How long brokers have to answer. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String bootstrapServers;
  private final Admin admin;

  private Topics(String bootstrapServers, Map<String, String> clientProperties) {
    Properties properties = new Properties();
    properties.putAll(clientProperties);
    String millis = Long.toString(TIMEOUT.toMillis());
    properties.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    this.bootstrapServers = bootstrapServers;
    try {
      this.admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw unreachable(e.getCause() == null ? e : e.getCause());
    }
  }

  /**
   * Connects to brokers.
   *
   * @param bootstrapServers comma separated {@code host:port}
   * @throws TopicException if no such host is known or a client property is impossible
   */
  public static Topics connect(String bootstrapServers) {
    return new Topics(bootstrapServers, Map.of());
  }

  /**
   * Connects to the brokers of the options, by the properties of all clients.
   *
   * @throws TopicException if no such host is known or a client property is impossible
   */
  public static Topics connect(KafkaOptions options) {
    return new Topics(options.bootstrapServers(), options.properties());
  }

  /**
   * Returns the number of partitions of each topic that a job needs.
   *
   * @throws TopicException naming all topics that are not there, or the brokers if none answers
   */
  public static Map<String, Integer> require(JobOptions options) {
    List<String> names = new ArrayList<>(List.of(options.kafka().featuresTopic()));
    names.addAll(outputs(options));
    try (Topics topics = connect(options.kafka())) {
      return topics.require(names);
    }
  }

  /** Returns the topics that a job writes to. */
  static List<String> outputs(JobOptions options) {
    KafkaOptions kafka = options.kafka();
    List<String> names =
        new ArrayList<>(List.of(kafka.predictionsTopic(), kafka.deadLettersTopic()));
    if (options.profile().enabled()) {
      names.add(kafka.inputProfilesTopic());
      names.add(kafka.outputProfilesTopic());
      if (options.alarms().enabled()) {
        names.add(kafka.alarmsTopic());
      }
    }
    return names;
  }

  /**
   * Returns the number of partitions of topics, by name.
   *
   * @throws TopicException naming all that are not there, or the brokers if none answers
   */
  public Map<String, Integer> require(Collection<String> names) {
    List<String> missing = new ArrayList<>();
    Map<String, Integer> partitions = find(names, missing);
    if (!missing.isEmpty()) {
      throw new TopicException(
          "topics missing at "
              + bootstrapServers
              + ": "
              + String.join(", ", missing)
              + "; create them, or name others by the options topics.*");
    }
    return partitions;
  }

  /**
   * Returns the number of partitions of those topics that are there, by name.
   *
   * @param missing takes the names of the others
   * @throws TopicException if the brokers don't tell
   */
  Map<String, Integer> find(Collection<String> names, Collection<String> missing) {
    Map<String, Integer> partitions = new TreeMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names).topicNameValues();
    for (String name : names) {
      try {
        partitions.put(name, answers.get(name).get().partitions().size());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failed("describe topic " + name, e.getCause());
        }
        missing.add(name);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return partitions;
  }

  /**
   * Creates topics with the brokers' default replication; those that exist stay as they are.
   *
   * @param partitions the number of partitions of each, at least 1
   * @throws TopicException if a topic cannot be created
   */
  public void create(Collection<String> names, int partitions) {
    create(names.stream().map(name -> new NewTopic(name, partitions, (short) -1)).toList());
  }

  /**
   * Creates topics; those that exist stay as they are.
   *
   * @throws TopicException if a topic cannot be created
   */
  void create(List<NewTopic> topics) {
    for (Map.Entry<String, KafkaFuture<Void>> answer :
        admin.createTopics(topics).values().entrySet()) {
      try {
        answer.getValue().get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw failed("create topic " + answer.getKey(), e.getCause());
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  /**
   * Asks the brokers anything else.
   *
   * @throws ApiException with what they refuse
   * @throws TopicException if none answers
   */
  <T> T ask(String what, Function<Admin, KafkaFuture<T>> question) {
    try {
      return question.apply(admin).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException refused && !(refused instanceof TimeoutException)) {
        throw refused;
      }
      throw failed(what, e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private TopicException failed(String what, Throwable cause) {
    if (cause instanceof TimeoutException || !(cause instanceof ApiException)) {
      return unreachable(cause);
    }
    return new TopicException(
        "cannot " + what + " at " + bootstrapServers + ": " + cause.getMessage(), cause);
  }

  private TopicException unreachable(Throwable cause) {
    return new TopicException(
        "no broker at "
            + bootstrapServers
            + " answered within "
            + TIMEOUT.toSeconds()
            + " s; check kafka.bootstrap-servers and kafka.properties.* ("
            + cause.getMessage()
            + ")",
        cause);
  }

  private static TopicException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new TopicException("interrupted while waiting for Kafka", e);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
