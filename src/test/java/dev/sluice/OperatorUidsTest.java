package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.OptionReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/** A savepoint finds its state by uid: this list changes only by growing. */
class OperatorUidsTest {
  private static StreamGraph graph(String... options) {
    Map<String, String> values =
        new LinkedHashMap<>(
            Map.of(
                "kafka.bootstrap-servers", "localhost:1",
                "features.schema", "schemas/AirQualityReading.avsc",
                "features.event-time.field", "ts",
                "model.uri", "src/main/resources/models/air-quality-mlp"));
    for (int i = 0; i < options.length; i += 2) {
      values.put(options[i], options[i + 1]);
    }
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
    env.configure(configuration);
    InferenceJob.attach(env, JobPlanner.plan(OptionReader.read(values)));
    return env.getStreamGraph();
  }

  private static List<String> uids(StreamGraph graph) {
    return graph.getStreamNodes().stream()
        .map(StreamNode::getTransformationUID)
        .sorted()
        .distinct()
        .toList();
  }

  @Test
  void everyOperatorHasItsUidAndName() {
    StreamGraph graph = graph();
    assertThat(graph.getStreamNodes())
        .allSatisfy(
            node -> {
              assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotEmpty();
              assertThat(node.getOperatorName())
                  .isNotEmpty()
                  .doesNotContain("Map", "Process", "Keyed", "Unnamed");
            });
    assertThat(graph.getStreamNodes().stream().map(StreamNode::getTransformationUID))
        .doesNotHaveDuplicates();
    assertThat(uids(graph))
        .containsExactly(
            "Sink Committer: alarms",
            "Sink Committer: dead-letters",
            "Sink Committer: input-profiles",
            "Sink Committer: output-profiles",
            "Sink Committer: predictions",
            "alarms",
            "batch",
            "count-malformed",
            "dead-letters",
            "decode",
            "encode-alarms",
            "encode-dead-letters",
            "encode-input-profiles",
            "encode-output-profiles",
            "encode-predictions",
            "features",
            "infer",
            "input-profiles",
            "merge-input-windows",
            "merge-output-windows",
            "output-profiles",
            "predictions",
            "profile-inputs",
            "profile-outputs",
            "profile-rejected",
            "raise-alarms",
            "split",
            "validate",
            "watch-silence");
  }

  /** A feed of which every record is rejected is not silent. */
  @Test
  void silenceIsWatchedOfValidAndRejectedRecords() {
    StreamGraph graph = graph();
    StreamNode watcher =
        graph.getStreamNodes().stream()
            .filter(node -> node.getTransformationUID().equals("watch-silence"))
            .findAny()
            .orElseThrow();
    assertThat(watcher.getInEdges())
        .extracting(edge -> graph.getStreamNode(edge.getSourceId()).getTransformationUID())
        .containsExactlyInAnyOrder("profile-inputs", "profile-rejected");
  }

  @Test
  void uidsDoNotDependOnOptions() {
    assertThat(uids(graph("infer.parallelism", "3", "batch.max-rows", "1")))
        .isEqualTo(uids(graph()));
    assertThat(uids(graph())).containsAll(uids(graph("profile.enabled", "false")));
  }
}
