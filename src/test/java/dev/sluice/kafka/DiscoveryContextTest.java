package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.OptionReader;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.serial.ArrowTypes;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a job whose source looks for partitions again. */
class DiscoveryContextTest {
  /** In place of brokers: what a test says a look has found. */
  private BiConsumer<Object, Throwable> look;

  private final List<String> assigned = new ArrayList<>();

  @SuppressWarnings("unchecked")
  private SplitEnumerator<?, ?> start(String idleness) throws Exception {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "127.0.0.1:1");
    values.put("features.schema", "unused");
    values.put("model.uri", "unused");
    values.put("topics.features", "features");
    values.put("source.start", "earliest");
    values.put("event-time.idleness", idleness);
    Source<?, KafkaPartitionSplit, ?> source =
        (Source<?, KafkaPartitionSplit, ?>)
            FeatureSource.create(
                OptionReader.read(values), ArrowTypes.ENCODED_RECORD, WriterSchemas.NONE);
    SplitEnumerator<?, ?> enumerator = source.createEnumerator(context());
    enumerator.start();
    return enumerator;
  }

  /** A context with one reader, whose coordinator's thread is the test's. */
  @SuppressWarnings("unchecked")
  private SplitEnumeratorContext<KafkaPartitionSplit> context() {
    return (SplitEnumeratorContext<KafkaPartitionSplit>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SplitEnumeratorContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "callAsync" -> call(arguments);
                  case "assignSplits" ->
                      assign((SplitsAssignment<KafkaPartitionSplit>) arguments[0]);
                  case "registeredReaders" -> Map.of(0, new ReaderInfo(0, "host"));
                  case "currentParallelism" -> 1;
                  case "metricGroup" -> UnregisteredMetricsGroup.createSplitEnumeratorMetricGroup();
                  default -> null;
                });
  }

  @SuppressWarnings("unchecked")
  private Void call(Object[] arguments) throws Exception {
    BiConsumer<Object, Throwable> handler = (BiConsumer<Object, Throwable>) arguments[1];
    if (arguments.length > 2) { // periodically
      look = handler;
    } else {
      handler.accept(((Callable<Object>) arguments[0]).call(), null);
    }
    return null;
  }

  private Void assign(SplitsAssignment<KafkaPartitionSplit> splits) {
    splits.assignment().get(0).forEach(split -> assigned.add(split.splitId()));
    return null;
  }

  private void finds(int... partitions) {
    Set<TopicPartition> found = new HashSet<>();
    for (int partition : partitions) {
      found.add(new TopicPartition("features", partition));
    }
    look.accept(found, null);
  }

  private void fails(RuntimeException failure) {
    look.accept(null, new RuntimeException("Failed to get metadata for topics", failure));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 min", "0"})
  void aLaterLookMayFail(String idleness) throws Exception {
    try (SplitEnumerator<?, ?> enumerator = start(idleness)) {
      enumerator.addReader(0);
      finds(0);
      assertThat(assigned).containsExactly("features-0");
      fails(new TimeoutException("no answer"));
      fails(new TopicAuthorizationException("features"));
      finds(0, 1);
      assertThat(assigned).containsExactly("features-0", "features-1");
      fails(new TimeoutException("no answer"));
      finds(0, 1, 2);
      assertThat(assigned).containsExactly("features-0", "features-1", "features-2");
    }
  }

  @Test
  void theFirstLookMayNotFail() throws Exception {
    try (SplitEnumerator<?, ?> enumerator = start("1 min")) {
      assertThat(enumerator).isNotNull();
      assertThatThrownBy(() -> fails(new TimeoutException("no answer")))
          .isInstanceOf(FlinkRuntimeException.class);
    }
  }

  static Stream<RuntimeException> whatNoLaterLookOfTheClientMends() {
    return Stream.of(
        new UnknownTopicOrPartitionException("no such topic"),
        new SslAuthenticationException("expired"),
        new SaslAuthenticationException("another password"));
  }

  @ParameterizedTest
  @MethodSource
  void whatNoLaterLookOfTheClientMends(RuntimeException failure) throws Exception {
    try (SplitEnumerator<?, ?> enumerator = start("1 min")) {
      enumerator.addReader(0);
      finds(0);
      assertThatThrownBy(() -> fails(failure)).isInstanceOf(FlinkRuntimeException.class);
    }
  }
}
