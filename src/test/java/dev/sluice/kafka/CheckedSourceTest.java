package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.StopPosition;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedSourceTest {
  private static final long NO_END = KafkaPartitionSplit.NO_STOPPING_OFFSET;

  private static SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restore(
      String stop, boolean assigned, KafkaPartitionSplit... splits) throws Exception {
    KafkaSource<String> kafka =
        KafkaSource.<String>builder()
            .setBootstrapServers("127.0.0.1:1")
            .setTopics("features")
            .setDeserializer(KafkaRecordDeserializationSchema.valueOnly(StringDeserializer.class))
            .build();
    List<KafkaPartitionSplit> known = List.of(splits);
    KafkaSourceEnumState state =
        assigned
            ? new KafkaSourceEnumState(known, List.of(), true)
            : new KafkaSourceEnumState(List.of(), known, true);
    return new CheckedSource<>(
            kafka, Types.STRING, "features", Optional.ofNullable(stop).map(StopPosition::parse))
        .restoreEnumerator(null, state);
  }

  private static KafkaPartitionSplit split(String topic, int partition, long end) {
    return new KafkaPartitionSplit(new TopicPartition(topic, partition), 7, end);
  }

  /** The other partition is as it has to be, and those not yet read count as well. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none | features | 50 | source.stop is not given, but the savepoint is of a run that has an end",
        "latest | features | none | source.stop is given, but the savepoint is of a run without an end",
        "offsets:0=50,1=60 | features | 50 | source.stop is 60 for partition 1, but the savepoint is of a run that ends at 50",
        "none | others | none | topics.features is features, but the savepoint has offsets of topic others",
      })
  void whatTheStateSaysOtherwiseIsRefusedAsTheJobStarts(
      String stop, String topic, Long end, String problem) throws Exception {
    for (boolean assigned : new boolean[] {true, false}) {
      KafkaPartitionSplit one = split("features", 0, stop == null ? NO_END : 50);
      KafkaPartitionSplit other = split(topic, 1, end == null ? NO_END : end);
      var enumerator = restore(stop, assigned, one, other);
      assertThatThrownBy(enumerator::start)
          .isInstanceOf(SuppressRestartsException.class)
          .cause()
          .hasMessage(problem + "; expected the same as before, or a start without the savepoint");
      assertThat(enumerator.snapshotState(1).splits()).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {"none | none", "latest | 50", "latest | 0", "offsets:0=50,1=50 | 50"})
  void whatTheStateSaysAlikeIsRestored(String stop, Long end) throws Exception {
    long at = end == null ? NO_END : end;
    assertThat(restore(stop, true, split("features", 0, at), split("features", 1, at)))
        .isNotInstanceOf(RefusingEnumerator.class);
  }
}
