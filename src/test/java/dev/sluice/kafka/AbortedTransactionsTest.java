package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kafka.AbortedTransactions.Fate;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbortedTransactionsTest {
  private static final long PRODUCER = 7;
  private static final int EPOCH = 3;

  @ParameterizedTest
  @CsvSource({
    "ONGOING, 7, 3, COMMITTABLE",
    "PREPARE_COMMIT, 7, 3, COMMITTABLE",
    "COMPLETE_COMMIT, 7, 3, COMMITTABLE",
    "COMPLETE_COMMIT, 7, 4, COMMITTABLE", // brokers that raise the epoch with each transaction
    "PREPARE_EPOCH_FENCE, 7, 4, ABORTED",
    "PREPARE_ABORT, 7, 4, ABORTED",
    "COMPLETE_ABORT, 7, 3, ABORTED",
    "COMPLETE_ABORT, 7, 4, ABORTED",
    "COMPLETE_ABORT, 7, 5, ABORTED",
    "COMPLETE_ABORT, 7, 6, UNKNOWN",
    "COMPLETE_ABORT, 7, 2, UNKNOWN",
    "COMPLETE_ABORT, 8, 4, UNKNOWN",
    "EMPTY, 7, 5, UNKNOWN", // somebody made a producer of the same id since
    "UNKNOWN, 7, 3, UNKNOWN",
  })
  void whatBecameOfIt(TransactionState state, long producer, int epoch, Fate fate) {
    TransactionDescription found =
        new TransactionDescription(0, state, producer, epoch, 1000, OptionalLong.empty(), Set.of());

    assertThat(AbortedTransactions.fate(PRODUCER, EPOCH, found)).isEqualTo(fate);
  }
}
