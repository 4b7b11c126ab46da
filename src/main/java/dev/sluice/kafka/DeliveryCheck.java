package dev.sluice.kafka;

import dev.sluice.config.DeliveryOptions;
import dev.sluice.config.Guarantee;
import dev.sluice.config.JobOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.util.TimeUtils;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Whether the brokers let transactions live as long as the job wants, and whether somebody else
 * seems to be at work under the job's names: a transactional id prefix or a consumer group. The
 * latter can only be a warning, since what a failed job left behind looks the same.
 */
final class DeliveryCheck implements StartCheck {
  private static final String MAX_TIMEOUT = "transaction.max.timeout.ms";

  /** States in which a transaction has written and is not done. */
  private static final Set<TransactionState> OPEN =
      Set.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.PREPARE_ABORT,
          TransactionState.PREPARE_EPOCH_FENCE);

  @Override
  public void check(
      JobOptions options,
      Topics source,
      Topics sinks,
      Consumer<String> problem,
      Consumer<String> warning) {
    if (options.delivery().guarantee() == Guarantee.EXACTLY_ONCE) {
      checkTimeout(options.delivery(), sinks, problem, warning);
      checkPrefix(options, sinks, warning);
    }
    checkGroup(options.kafka().groupId(), source, warning);
  }

  private static void checkTimeout(
      DeliveryOptions delivery, Topics sinks, Consumer<String> problem, Consumer<String> warning) {
    OptionalLong limit;
    try {
      limit = maxTimeoutMillis(sinks);
    } catch (ApiException e) {
      warning.accept(
          DeliveryOptions.TRANSACTION_TIMEOUT.key()
              + " is not checked: the brokers do not tell their "
              + MAX_TIMEOUT
              + " ("
              + e.getMessage()
              + ")");
      return;
    }
    Duration timeout = delivery.transactionTimeout();
    if (limit.isPresent() && timeout.toMillis() > limit.getAsLong()) {
      problem.accept(
          DeliveryOptions.TRANSACTION_TIMEOUT.key()
              + " is "
              + TimeUtils.formatWithHighestUnit(timeout)
              + ", expected at most "
              + TimeUtils.formatWithHighestUnit(Duration.ofMillis(limit.getAsLong()))
              + ", the brokers' "
              + MAX_TIMEOUT);
    }
  }

  /** Returns the least limit: any broker may coordinate a transaction. */
  private static OptionalLong maxTimeoutMillis(Topics sinks) {
    Collection<Node> nodes = sinks.ask("list brokers", admin -> admin.describeCluster().nodes());
    List<ConfigResource> brokers =
        nodes.stream()
            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
            .toList();
    Map<ConfigResource, Config> configs =
        sinks.ask("describe brokers", admin -> admin.describeConfigs(brokers).all());
    return configs.values().stream()
        .map(config -> config.get(MAX_TIMEOUT))
        .filter(entry -> entry != null && entry.value() != null)
        .map(ConfigEntry::value)
        .mapToLong(Long::parseLong)
        .min();
  }

  private static void checkPrefix(JobOptions options, Topics sinks, Consumer<String> warning) {
    DeliveryOptions delivery = options.delivery();
    List<String> prefixes =
        Topics.outputs(options).stream()
            .map(topic -> Sinks.transactionalIdPrefix(delivery, topic) + "-")
            .toList();
    List<String> open;
    try {
      open =
          openTransactions(sinks, Sinks.transactionalIdPrefix(delivery, "")).stream()
              .map(TransactionListing::transactionalId)
              .filter(id -> prefixes.stream().anyMatch(id::startsWith))
              .sorted()
              .toList();
    } catch (ApiException e) {
      warning.accept(
          DeliveryOptions.TRANSACTIONAL_ID_PREFIX.key()
              + " is not checked: the brokers do not tell of open transactions ("
              + e.getMessage()
              + ")");
      return;
    }
    if (!open.isEmpty()) {
      warning.accept(
          "%s is %s, and %d of its transactions are open, %s among them: either a job that failed left them, or another job runs with this prefix, and the two abort each other's transactions"
              .formatted(
                  DeliveryOptions.TRANSACTIONAL_ID_PREFIX.key(),
                  delivery.transactionalIdPrefix(),
                  open.size(),
                  open.get(0)));
    }
  }

  private static Collection<TransactionListing> openTransactions(Topics sinks, String prefix) {
    try {
      return sinks.ask(
          "list transactions",
          admin ->
              admin
                  .listTransactions(
                      new ListTransactionsOptions()
                          .filterStates(OPEN)
                          .filterOnTransactionalIdPattern(quoted(prefix) + ".*"))
                  .all());
    } catch (UnsupportedVersionException e) {
      // Brokers before 4.1 know no pattern.
      return sinks.ask(
          "list transactions",
          admin -> admin.listTransactions(new ListTransactionsOptions().filterStates(OPEN)).all());
    }
  }

  /** Returns a pattern, in the syntax of RE2, of nothing but this text. */
  static String quoted(String text) {
    return text.replaceAll("\\p{Punct}", "\\\\$0");
  }

  /** The job itself is no member of its group: it only commits offsets, which members prevent. */
  private static void checkGroup(String group, Topics source, Consumer<String> warning) {
    ConsumerGroupDescription found;
    try {
      found =
          source.ask(
              "describe consumer group " + group,
              admin -> admin.describeConsumerGroups(List.of(group)).describedGroups().get(group));
    } catch (GroupIdNotFoundException e) {
      return;
    } catch (ApiException e) {
      warning.accept(
          "kafka.group-id is not checked: the brokers do not tell who is in the group "
              + group
              + " ("
              + e.getMessage()
              + ")");
      return;
    }
    if (!found.members().isEmpty()) {
      warning.accept(
          "kafka.group-id is %s, and %d others consume as this group, %s among them: the brokers refuse the offsets that the job commits"
              .formatted(
                  group, found.members().size(), found.members().iterator().next().clientId()));
    }
  }
}
