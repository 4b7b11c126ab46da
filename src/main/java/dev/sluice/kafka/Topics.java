package dev.sluice.kafka;

import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
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

  private static final long ASK_AGAIN_MILLIS = 50;

  private final ClientLogin login;
  private final Admin admin;

  private Topics(ClientLogin login) {
    SecretReferences.dangling(login)
        .ifPresent(
            line -> {
              throw new TopicException(line);
            });
    Properties properties = ClientProperties.admin(login.side(), login.kafka());
    String millis = Long.toString(TIMEOUT.toMillis());
    properties.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    this.login = login;
    try {
      this.admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw ClientRefusal.of(login, e);
    }
  }

  /**
   * Connects to brokers.
   *
   * @param bootstrapServers comma separated {@code host:port}
   * @throws TopicException if no such host is known
   */
  public static Topics connect(String bootstrapServers) {
    return connect(
        KafkaOptions.from(
            Configuration.fromMap(Map.of(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers))));
  }

  /**
   * Connects to the brokers of the options, by the properties of all clients.
   *
   * @throws TopicException if no such host is known or a client property is impossible
   */
  public static Topics connect(KafkaOptions options) {
    return new Topics(new ClientLogin(ClientSide.ANY, "client", options));
  }

  /**
   * Connects as somebody who reads a topic, by the properties of the source.
   *
   * @throws TopicException if no such host is known or a client property is impossible
   */
  public static Topics source(KafkaOptions options, String topic) {
    return new Topics(new ClientLogin(ClientSide.SOURCE, "consumer of topic " + topic, options));
  }

  /**
   * Connects as somebody who writes topics, by the properties of the sinks.
   *
   * @throws TopicException if no such host is known or a client property is impossible
   */
  public static Topics sinks(KafkaOptions options, Collection<String> topics) {
    String who = "producer for " + (topics.size() == 1 ? "topic " : "topics ");
    return new Topics(new ClientLogin(ClientSide.SINKS, who + String.join(", ", topics), options));
  }

  /** Connects as the source of a job. */
  static Topics source(JobOptions options) {
    return source(options.kafka(), options.kafka().featuresTopic());
  }

  /** Connects as the sinks of a job. */
  static Topics sinks(JobOptions options) {
    return sinks(options.kafka(), outputs(options));
  }

  /** Returns the topics that a job writes. */
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
   * Returns the number of partitions of each topic that a job needs, as its source and its sinks
   * see them.
   *
   * @throws TopicException naming all topics that are not there or not shown, or the brokers if
   *     none answers
   */
  public static Map<String, Integer> require(JobOptions options) {
    try (Topics source = source(options);
        Topics sinks = sinks(options)) {
      return require(options, source, sinks);
    }
  }

  static Map<String, Integer> require(JobOptions options, Topics source, Topics sinks) {
    List<String> missing = new ArrayList<>();
    Map<String, Integer> partitions =
        source.find(List.of(options.kafka().featuresTopic()), missing);
    partitions.putAll(sinks.find(outputs(options), missing));
    source.requireNone(missing);
    return partitions;
  }

  /**
   * Returns the number of partitions of topics, by name.
   *
   * @throws AbsentTopicException naming all that are not there or not shown
   * @throws TopicException if no broker answers
   */
  public Map<String, Integer> require(Collection<String> names) {
    List<String> missing = new ArrayList<>();
    Map<String, Integer> partitions = find(names, missing);
    requireNone(missing);
    return partitions;
  }

  /**
   * Returns the number of partitions of those topics that are there, by name.
   *
   * @param missing takes the names of the others
   * @throws AbsentTopicException naming all that are not shown
   * @throws TopicException if the brokers don't tell
   */
  Map<String, Integer> find(Collection<String> names, Collection<String> missing) {
    Map<String, Integer> partitions = new TreeMap<>();
    List<String> hidden = new ArrayList<>();
    AuthorizationException why = null;
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names).topicNameValues();
    for (String name : names) {
      try {
        partitions.put(name, answers.get(name).get().partitions().size());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AuthorizationException refused) {
          hidden.add(name);
          why = refused;
        } else if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missing.add(name);
        } else {
          throw failed("describe topic " + name, e.getCause());
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    if (why != null) {
      String word = hidden.size() == 1 ? "topic " : "topics ";
      String what = "DESCRIBE " + word + String.join(", ", hidden);
      throw new AbsentTopicException(failed(what, why).getMessage(), why);
    }
    return partitions;
  }

  private void requireNone(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new AbsentTopicException(
          "topics missing at "
              + login.servers()
              + ": "
              + String.join(", ", missing)
              + "; create them, or name others by the options topics.*");
    }
  }

  /**
   * Returns the settings of topics, by the topic's name and the setting's; without topics of which
   * the broker does not tell, for example since this login has no right to.
   *
   * @throws TopicException if no broker answers
   */
  public Map<String, Map<String, String>> settings(Collection<String> names) {
    Map<ConfigResource, KafkaFuture<Config>> answers =
        admin
            .describeConfigs(
                names.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList())
            .values();
    Map<String, Map<String, String>> settings = new TreeMap<>();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : answers.entrySet()) {
      try {
        Map<String, String> values = new TreeMap<>();
        for (ConfigEntry entry : answer.getValue().get().entries()) {
          if (entry.value() != null) { // else it is secret
            values.put(entry.name(), entry.value());
          }
        }
        settings.put(answer.getKey().name(), values);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TimeoutException || !(e.getCause() instanceof ApiException)) {
          throw failed("describe topic " + answer.getKey().name(), e.getCause());
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return settings;
  }

  /**
   * Creates topics with the brokers' default replication and waits until the brokers show them and
   * take messages for them; those that exist stay as they are.
   *
   * @param partitions the number of partitions of each, at least 1
   * @throws TopicException if a topic cannot be created, or is not shown or led within {@link
   *     #TIMEOUT}
   */
  public void create(Collection<String> names, int partitions) {
    create(names.stream().map(name -> new NewTopic(name, partitions, (short) -1)).toList());
  }

  /**
   * Creates topics and waits until the brokers show them and take messages for them; those that
   * exist stay as they are.
   *
   * @throws TopicException if a topic cannot be created, or is not shown or led within {@link
   *     #TIMEOUT}
   */
  public void create(List<NewTopic> topics) {
    List<String> created = new ArrayList<>();
    for (Map.Entry<String, KafkaFuture<Void>> answer :
        admin.createTopics(topics).values().entrySet()) {
      try {
        answer.getValue().get();
        created.add(answer.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw failed("create topic " + answer.getKey(), e.getCause());
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    Map<String, Integer> shown = await(topics.stream().map(NewTopic::name).toList());
    shown.keySet().retainAll(created);
    awaitLeaders(shown);
  }

  /** A broker takes a moment, when busy seconds, to hear of what the controller has created. */
  private Map<String, Integer> await(List<String> names) {
    long start = System.nanoTime();
    Map<String, Integer> shown = new TreeMap<>();
    List<String> missing = names;
    while (!missing.isEmpty()) {
      List<String> still = new ArrayList<>();
      shown.putAll(find(missing, still));
      missing = still;
      if (!missing.isEmpty()) {
        if (System.nanoTime() - start > TIMEOUT.toNanos()) {
          throw new AbsentTopicException(notYet("shown", missing));
        }
        pause();
      }
    }
    return shown;
  }

  /**
   * A broker shows a partition before it leads it, and takes no messages until then: of a
   * producer's first requests it could refuse one and take the next, after which it never takes the
   * first. Only a leader tells offsets; the client asks until it does.
   */
  private void awaitLeaders(Map<String, Integer> partitions) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    partitions.forEach(
        (name, count) -> {
          for (int partition = 0; partition < count; partition++) {
            ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
          }
        });
    try {
      admin.listOffsets(ends).all().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new TopicException(notYet("led by a broker", partitions.keySet()), e.getCause());
      }
      throw failed("ask the leaders of topics " + partitions.keySet(), e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private String notYet(String what, Collection<String> names) {
    return "topics created at %s, but not %s after %d s: %s"
        .formatted(login.servers(), what, TIMEOUT.toSeconds(), String.join(", ", names));
  }

  private static void pause() {
    try {
      Thread.sleep(ASK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Returns who asks, for messages. */
  ClientLogin login() {
    return login;
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

  /** Returns the client that asks; this object closes it. */
  Admin admin() {
    return admin;
  }

  /**
   * Returns the failure of a call.
   *
   * @param what goes on after "cannot": {@code create topic features}
   */
  TopicException failed(String what, Throwable cause) {
    return ClientFailure.of(login, what, cause);
  }

  static TopicException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new TopicException("interrupted while waiting for Kafka", e);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
