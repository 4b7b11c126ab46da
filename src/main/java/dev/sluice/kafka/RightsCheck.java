package dev.sluice.kafka;

import dev.sluice.config.Guarantee;
import dev.sluice.config.JobOptions;
import dev.sluice.config.KafkaOptions;
import dev.sluice.config.StartPosition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Whether the logins may do what the job will do: read features, commit offsets of its group or ask
 * for them, write its topics, and use its transactional ids. What the broker does not tell is not
 * complained about: it does not say what a login may do with a group that nobody has used yet, nor
 * whether one that may look at a transactional id may write by it.
 */
final class RightsCheck implements StartCheck {
  @Override
  public void check(
      JobOptions options,
      Topics source,
      Topics sinks,
      Consumer<String> problem,
      Consumer<String> warning) {
    topics(source, List.of(options.kafka().featuresTopic()), AclOperation.READ, problem);
    String group = options.kafka().groupId();
    if (commits(options)) {
      group(source, group, AclOperation.READ, problem);
    } else if (asksForCommitted(options.kafka(), source)) {
      group(source, group, AclOperation.DESCRIBE, problem);
    }
    List<String> outputs = Topics.outputs(options);
    topics(sinks, outputs, AclOperation.WRITE, problem);
    if (options.delivery().guarantee() == Guarantee.EXACTLY_ONCE) {
      for (String topic : outputs) {
        transactions(sinks, Sinks.transactionalIdPrefix(options.delivery(), topic), problem);
      }
    }
  }

  private static boolean commits(JobOptions options) {
    return !"false"
        .equalsIgnoreCase(
            options
                .kafka()
                .sourceProperties()
                .get(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key()));
  }

  /** Returns whether a partition may begin at what the group has committed. */
  private static boolean asksForCommitted(KafkaOptions kafka, Topics source) {
    StartPosition start = kafka.start();
    return switch (start.kind()) {
      case COMMITTED -> true;
      case OFFSETS -> {
        String topic = kafka.featuresTopic();
        int partitions = source.require(List.of(topic)).get(topic);
        yield !IntStream.range(0, partitions).allMatch(start.offsets()::containsKey);
      }
      case EARLIEST, LATEST, TIMESTAMP -> false;
    };
  }

  private static void topics(
      Topics topics, List<String> names, AclOperation right, Consumer<String> problem) {
    Map<String, KafkaFuture<TopicDescription>> answers =
        topics
            .admin()
            .describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (String name : names) {
      String what = right + " topic " + name;
      Set<AclOperation> rights =
          answer(
              topics,
              what,
              answers.get(name).thenApply(TopicDescription::authorizedOperations),
              problem);
      if (rights != null && !rights.contains(right)) {
        problem.accept(ClientFailure.noRight(topics.login(), "to " + what));
      }
    }
  }

  private static void group(
      Topics topics, String group, AclOperation right, Consumer<String> problem) {
    String what = right + " group " + group;
    Set<AclOperation> rights =
        answer(
            topics,
            what,
            topics
                .admin()
                .describeConsumerGroups(
                    List.of(group),
                    new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                .describedGroups()
                .get(group)
                .thenApply(described -> described.authorizedOperations()),
            problem);
    if (rights != null && !rights.contains(right)) {
      problem.accept(ClientFailure.noRight(topics.login(), "to " + what));
    }
  }

  /** Who may write by an id may look at it, so who may not look may not write either. */
  private static void transactions(Topics topics, String prefix, Consumer<String> problem) {
    String id = prefix + "-0-1";
    answer(
        topics,
        "WRITE transactional ids that begin with " + prefix,
        topics
            .admin()
            .describeTransactions(List.of(id))
            .description(id)
            .thenApply(description -> Set.<AclOperation>of()),
        problem);
  }

  /**
   * Returns what the broker tells; null where it tells nothing, or that there is no right at all.
   */
  private static Set<AclOperation> answer(
      Topics topics, String what, KafkaFuture<Set<AclOperation>> future, Consumer<String> problem) {
    try {
      Set<AclOperation> rights = future.get();
      return rights == null || rights.isEmpty() ? null : rights;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException) {
        problem.accept(ClientFailure.noRight(topics.login(), "to " + what));
        return null;
      }
      boolean answered =
          e.getCause() instanceof ApiException
              && !(e.getCause() instanceof AuthenticationException)
              && !(e.getCause() instanceof TimeoutException);
      if (answered) { // nothing of that name yet, or a broker that cannot tell
        return null;
      }
      throw topics.failed(what, e.getCause());
    } catch (InterruptedException e) {
      throw Topics.interrupted(e);
    }
  }
}
