package dev.sluice.kafka;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the brokers have aborted a transaction that is to be committed. The answer to the commit
 * does not tell: one that was committed before is refused likewise, and Kafka's sink takes either
 * for done.
 */
final class AbortedTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(AbortedTransactions.class);

  /** States in which a transaction is aborted, or will be. */
  private static final Set<TransactionState> ABORTED =
      EnumSet.of(
          TransactionState.PREPARE_EPOCH_FENCE,
          TransactionState.PREPARE_ABORT,
          TransactionState.COMPLETE_ABORT);

  /** States in which a transaction is open or committed, or will be. */
  private static final Set<TransactionState> COMMITTABLE =
      EnumSet.of(
          TransactionState.ONGOING,
          TransactionState.PREPARE_COMMIT,
          TransactionState.COMPLETE_COMMIT);

  /** What became of a transaction. */
  enum Fate {
    COMMITTABLE,
    ABORTED,
    UNKNOWN
  }

  private AbortedTransactions() {}

  /**
   * Asks the brokers; a warning says where they do not tell.
   *
   * @param client properties of an admin client
   * @throws SuppressRestartsException with the first that is aborted: no restart would change that
   */
  static void refuse(Properties client, Collection<KafkaCommittable> transactions)
      throws InterruptedException {
    List<String> ids = transactions.stream().map(KafkaCommittable::getTransactionalId).toList();
    try (Admin admin = Admin.create(client)) {
      DescribeTransactionsResult described = admin.describeTransactions(ids);
      for (KafkaCommittable transaction : transactions) {
        refuse(transaction, described);
      }
    }
  }

  private static void refuse(KafkaCommittable transaction, DescribeTransactionsResult described)
      throws InterruptedException {
    String id = transaction.getTransactionalId();
    try {
      TransactionDescription found = described.description(id).get();
      Fate fate = fate(transaction.getProducerId(), transaction.getEpoch(), found);
      if (fate == Fate.ABORTED) {
        throw new SuppressRestartsException(
            new IllegalStateException(
                "transaction %s, which the checkpoint has to commit, is %s at the brokers, expected open or committed: they have aborted it, as after delivery.transaction-timeout, and what it has written is lost"
                    .formatted(id, found.state())));
      }
      if (fate == Fate.UNKNOWN) {
        LOG.warn(
            "Whether transaction {} was aborted is not known: at the brokers it is {}, of epoch {} of producer {}, expected open or committed of epoch {} of producer {}",
            id,
            found.state(),
            found.producerEpoch(),
            found.producerId(),
            transaction.getEpoch(),
            transaction.getProducerId());
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof ApiException)) {
        throw new IllegalStateException("cannot describe transaction " + id, e.getCause());
      }
      LOG.warn(
          "Whether transaction {} was aborted is not known: {}", id, e.getCause().getMessage());
    }
  }

  /**
   * Whoever aborts for a producer that is away raises its epoch once, some brokers twice. What is
   * found of another producer, or of a later epoch, may be of a later transaction.
   */
  static Fate fate(long producerId, int epoch, TransactionDescription found) {
    if (COMMITTABLE.contains(found.state())) {
      return Fate.COMMITTABLE;
    }
    int later = found.producerEpoch() - epoch;
    boolean isSame = found.producerId() == producerId && later >= 0 && later <= 2;
    return isSame && ABORTED.contains(found.state()) ? Fate.ABORTED : Fate.UNKNOWN;
  }
}
