package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

/** Every key, once by its default and once by another value. */
class DefaultsTest {
  static final Map<String, String> REQUIRED =
      Map.of(
          "kafka.bootstrap-servers", "localhost:9092",
          "features.schema", "classpath:Features.avsc",
          "model.uri", "models/iris");

  @Test
  void defaults() {
    JobOptions options = OptionReader.read(REQUIRED);

    KafkaOptions kafka = options.kafka();
    assertThat(kafka.bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(kafka.groupId()).isEqualTo("sluice");
    assertThat(kafka.properties()).isEmpty();
    assertThat(kafka.sourceProperties()).isEmpty();
    assertThat(kafka.sinkProperties()).isEmpty();
    assertThat(kafka.featuresTopic()).isEqualTo("features");
    assertThat(kafka.predictionsTopic()).isEqualTo("predictions");
    assertThat(kafka.inputProfilesTopic()).isEqualTo("input-profiles");
    assertThat(kafka.outputProfilesTopic()).isEqualTo("output-profiles");
    assertThat(kafka.alarmsTopic()).isEqualTo("alarms");
    assertThat(kafka.deadLettersTopic()).isEqualTo("dead-letters");
    assertThat(kafka.start().kind()).isEqualTo(StartPosition.Kind.COMMITTED);
    assertThat(kafka.bounded()).isFalse();
    assertThat(kafka.stop()).isEmpty();
    assertThat(options.topicCreation().enabled()).isFalse();
    assertThat(options.topicCreation().partitions()).isEmpty();
    assertThat(options.topicCreation().replication()).isEmpty();
    assertThat(options.topicCreation().retention()).isEmpty();
    assertThat(options.features().schema()).isEqualTo("classpath:Features.avsc");
    assertThat(options.features().eventTimeField()).isEmpty();
    assertThat(options.features().passThrough()).isEmpty();
    assertThat(options.features().tombstones()).isEqualTo(Tombstones.DEAD_LETTER);
    assertThat(kafka.maxRequestSize()).isEqualTo(1 << 20);
    assertThat(kafka.maxMessageSize()).isEqualTo((1 << 20) - 1024 - 128);
    assertThat(options.formats().features()).isEqualTo(WireFormat.PLAIN);
    assertThat(options.formats().writerSchema()).isEmpty();
    assertThat(options.formats().schemas()).isEmpty();
    assertThat(options.formats().outputs().values()).containsOnly(WireFormat.PLAIN);
    assertThat(options.registry().url()).isEmpty();
    assertThat(options.registry().token()).isEmpty();
    assertThat(options.registry().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.registry().unknownTtl()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.registry().register()).isTrue();
    assertThat(options.registry().subjects()).isEqualTo(SubjectNames.TOPIC);
    assertThat(options.eventTime())
        .isEqualTo(
            new EventTimeOptions(
                Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ZERO));
    assertThat(options.model())
        .isEqualTo(new ModelOptions("models/iris", true, Map.of(), Map.of()));
    assertThat(options.execution())
        .isEqualTo(
            new ExecutionOptions(
                Execution.CPU,
                ExecutionMode.PREFER,
                1,
                1,
                true,
                MemorySize.ZERO,
                ArenaExtendStrategy.NEXT_POWER_OF_TWO,
                "gpu"));
    assertThat(options.scoring())
        .isEqualTo(
            new ScoringOptions(List.of(), false, Duration.ofSeconds(30), NanOutput.FAIL_RECORD));
    assertThat(options.scoring()).isEqualTo(ScoringOptions.defaults());
    assertThat(options.outputs()).isEqualTo(OutputOptions.NONE);
    assertThat(options.validation().profile()).isEmpty();
    assertThat(options.validation().suite().suite()).isEmpty();
    assertThat(options.validation().suite().parameters()).isEmpty();
    assertThat(options.validation().suite().severity())
        .isEqualTo(SuiteOptions.DefaultSeverity.CRITICAL);
    assertThat(options.validation().suite().unsupported()).isEqualTo(SuiteOptions.Unsupported.FAIL);
    assertThat(options.validation().onCritical()).isEqualTo(OnCritical.REJECT);
    assertThat(options.validation().producerHeader()).isEmpty();
    assertThat(options.batch())
        .isEqualTo(
            new BatchOptions(
                256,
                Duration.ofMillis(10),
                Duration.ofMillis(1),
                MemorySize.parse("16mb"),
                RowCap.AUTO));
    assertThat(options.infer()).isEqualTo(new InferOptions(0));
    assertThat(options.profile())
        .isEqualTo(
            new ProfileOptions(
                true,
                WindowSize.parse("PT1H"),
                WindowSize.parseOffset("PT0S"),
                ZoneId.of("UTC"),
                Duration.ZERO,
                Duration.ofMinutes(1),
                1000,
                SegmentOptions.NONE));
    assertThat(options.drift()).isEqualTo(new DriftOptions(0.1, 0.01, 100));
    assertThat(options.alarms())
        .isEqualTo(new AlarmOptions(true, new AlarmWindows(2, 3), Duration.ofMinutes(15), 1, 100));
    assertThat(options.delivery())
        .isEqualTo(new DeliveryOptions(Guarantee.AT_LEAST_ONCE, "sluice", Duration.ofMinutes(10)));
    assertThat(options.checkpoint()).isEqualTo(new CheckpointOptions(Duration.ofSeconds(10)));
  }

  @Test
  void everyKey() throws Exception {
    Map<String, String> values = new HashMap<>();
    values.put("kafka.bootstrap-servers", "a:1, b:2");
    values.put("kafka.group-id", "scorers");
    values.put("kafka.properties.client.rack", "r1");
    values.put("kafka.properties.linger.ms", "1");
    values.put("kafka.source.properties.fetch.min.bytes", "9");
    values.put("kafka.sink.properties.linger.ms", "20");
    values.put("topics.features", "f");
    values.put("topics.predictions", "p");
    values.put("topics.input-profiles", "ip");
    values.put("topics.output-profiles", "op");
    values.put("topics.alarms", "al");
    values.put("topics.dead-letters", "dl");
    values.put("source.start", "timestamp:2026-01-31T12:00:00Z");
    values.put("source.bounded", "true");
    values.put("source.stop", "latest");
    values.put("topic-creation.enabled", "true");
    values.put("topic-creation.partitions", "12");
    values.put("topic-creation.replication", "3");
    values.put("topic-creation.retention", "14 d");
    values.put("features.schema", "f.avsc");
    values.put("features.event-time.field", "meta.time");
    values.put("features.pass-through", "id, meta.site");
    values.put("features.tombstones", "pass");
    values.put("features.format", "auto");
    values.put("features.writer-schema", "w.avsc");
    values.put("features.schemas", "a.avsc, old");
    values.put("formats.predictions", "confluent");
    values.put("formats.input-profiles", "single-object");
    values.put("formats.output-profiles", "single-object");
    values.put("formats.alarms", "single-object");
    values.put("formats.dead-letters", "single-object");
    values.put("registry.url", "https://registry:8081/apis/ccompat/v7");
    values.put("registry.user", "u");
    values.put("registry.password", "p");
    values.put("registry.truststore.location", "t.p12");
    values.put("registry.truststore.password", "tp");
    values.put("registry.keystore.location", "k.p12");
    values.put("registry.keystore.password", "kp");
    values.put("registry.timeout", "1 s");
    values.put("registry.unknown-ttl", "2 s");
    values.put("registry.register", "false");
    values.put("registry.subjects", "topic-record");
    values.put("event-time.max-ahead", "2 h");
    values.put("event-time.max-out-of-orderness", "5 s");
    values.put("event-time.idleness", "0");
    values.put("event-time.max-drift", "7 d");
    values.put("model.uri", "file:///models/m");
    values.put("model.ship", "false");
    values.put("model.inputs.input.1", "a, b.c");
    values.put("model.padding.input.1", "128:-1");
    values.put("model.execution", "tensorrt");
    values.put("model.cpu-arena", "false");
    values.put("model.gpu-memory-limit", "4 gb");
    values.put("model.arena-extend-strategy", "same-as-requested");
    values.put("model.gpu-resource", "card");
    values.put("model.batch-sizes", "1, 16, 64");
    values.put("model.row-by-row", "false");
    values.put("model.timeout", "0");
    values.put("model.nan-output", "flag");
    values.put("model.execution-mode", "require");
    values.put("model.intra-op-threads", "2");
    values.put("model.inter-op-threads", "3");
    values.put("outputs.select", "y, y_label");
    values.put("outputs.rename.y_label", "verdict");
    values.put("outputs.activation.y", "softmax");
    values.put("outputs.argmax.y", "no, yes");
    values.put("outputs.threshold.y[1]", "0.75");
    values.put("validation.profile", "p.json");
    values.put("validation.suite", "s.json");
    values.put("validation.suite-parameters.upper", "7");
    values.put("validation.suite-severity", "info");
    values.put("validation.unsupported", "warn");
    values.put("validation.on-critical", "fail-job");
    values.put("validation.producer-header", "sender");
    values.put("batch.max-rows", "65536");
    values.put("batch.max-delay", "1 s");
    values.put("batch.max-quiet", "0");
    values.put("batch.max-bytes", "1 kb");
    values.put("batch.row-cap", "adaptive");
    values.put("infer.parallelism", "4");
    values.put("profile.enabled", "false");
    values.put("profile.window", "P1Y");
    values.put("profile.window-offset", "P2M");
    values.put("profile.time-zone", "Europe/Berlin");
    values.put("profile.allowed-lateness", "1 min");
    values.put("profile.update-interval", "5 s");
    values.put("profile.open-windows.max", "50");
    values.put("profile.segment-by", "station");
    values.put("profile.segments", "a, b");
    values.put("profile.segments.max", "3");
    values.put("drift.min-effect", "0.25");
    values.put("drift.false-discovery-rate", "0.05");
    values.put("drift.min-rows", "10");
    values.put("alarms.enabled", "false");
    values.put("alarms.windows", "3 of 5");
    values.put("alarms.silence", "1 h");
    values.put("validation.reject-share.max", "0.25");
    values.put("validation.reject-share.min-rows", "7");
    values.put("delivery.guarantee", "exactly-once");
    values.put("delivery.transactional-id-prefix", "team");
    values.put("delivery.transaction-timeout", "15 min");
    values.put("checkpoint.interval", "1 min");
    JobOptions options = copy(OptionReader.read(values));

    KafkaOptions kafka = options.kafka();
    assertThat(kafka.bootstrapServers()).isEqualTo("a:1, b:2");
    assertThat(kafka.groupId()).isEqualTo("scorers");
    assertThat(kafka.properties()).isEqualTo(Map.of("client.rack", "r1", "linger.ms", "1"));
    assertThat(kafka.sourceProperties())
        .isEqualTo(Map.of("client.rack", "r1", "linger.ms", "1", "fetch.min.bytes", "9"));
    assertThat(kafka.sinkProperties()).isEqualTo(Map.of("client.rack", "r1", "linger.ms", "20"));
    assertThat(kafka.featuresTopic()).isEqualTo("f");
    assertThat(kafka.predictionsTopic()).isEqualTo("p");
    assertThat(kafka.inputProfilesTopic()).isEqualTo("ip");
    assertThat(kafka.outputProfilesTopic()).isEqualTo("op");
    assertThat(kafka.alarmsTopic()).isEqualTo("al");
    assertThat(kafka.deadLettersTopic()).isEqualTo("dl");
    assertThat(kafka.start().timestamp()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
    assertThat(kafka.bounded()).isTrue();
    assertThat(kafka.stop()).contains(StopPosition.LATEST);
    assertThat(options.topicCreation().enabled()).isTrue();
    assertThat(options.topicCreation().partitions()).contains(12);
    assertThat(options.topicCreation().replication()).contains(3);
    assertThat(options.topicCreation().retention()).contains(Duration.ofDays(14));
    assertThat(options.features().schema()).isEqualTo("f.avsc");
    assertThat(options.features().eventTimeField()).contains("meta.time");
    assertThat(options.features().passThrough()).containsExactly("id", "meta.site");
    assertThat(options.features().tombstones()).isEqualTo(Tombstones.PASS);
    assertThat(options.formats())
        .isEqualTo(
            new FormatOptions(
                WireFormat.AUTO,
                "w.avsc",
                List.of("a.avsc", "old"),
                Map.of(
                    "predictions", WireFormat.CONFLUENT,
                    "input-profiles", WireFormat.SINGLE_OBJECT,
                    "output-profiles", WireFormat.SINGLE_OBJECT,
                    "alarms", WireFormat.SINGLE_OBJECT,
                    "dead-letters", WireFormat.SINGLE_OBJECT)));
    RegistryOptions registry = options.registry();
    assertThat(registry.url()).contains("https://registry:8081/apis/ccompat/v7");
    assertThat(registry.user()).contains("u");
    assertThat(registry.password()).contains("p");
    assertThat(registry.truststore()).contains("t.p12");
    assertThat(registry.truststorePassword()).contains("tp");
    assertThat(registry.keystore()).contains("k.p12");
    assertThat(registry.keystorePassword()).contains("kp");
    assertThat(registry.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(registry.unknownTtl()).isEqualTo(Duration.ofSeconds(2));
    assertThat(registry.register()).isFalse();
    assertThat(registry.subjects()).isEqualTo(SubjectNames.TOPIC_RECORD);
    assertThat(options.eventTime())
        .isEqualTo(
            new EventTimeOptions(
                Duration.ofHours(2), Duration.ofSeconds(5), Duration.ZERO, Duration.ofDays(7)));
    assertThat(options.model())
        .isEqualTo(
            new ModelOptions(
                "file:///models/m",
                false,
                Map.of("input.1", List.of("a", "b.c")),
                Map.of("input.1", new PaddedLength(128, "-1"))));
    assertThat(options.execution())
        .isEqualTo(
            new ExecutionOptions(
                Execution.TENSORRT,
                ExecutionMode.REQUIRE,
                2,
                3,
                false,
                MemorySize.parse("4gb"),
                ArenaExtendStrategy.SAME_AS_REQUESTED,
                "card"));
    assertThat(options.scoring())
        .isEqualTo(new ScoringOptions(List.of(1, 16, 64), false, Duration.ZERO, NanOutput.FLAG));
    assertThat(options.outputs())
        .isEqualTo(
            new OutputOptions(
                List.of("y", "y_label"),
                Map.of("y_label", "verdict"),
                Map.of("y", Activation.SOFTMAX),
                Map.of("y", List.of("no", "yes")),
                Map.of("y[1]", 0.75)));
    assertThat(options.validation().profile()).contains("p.json");
    assertThat(options.validation().suite().suite()).contains("s.json");
    assertThat(options.validation().suite().parameters()).containsExactly(Map.entry("upper", "7"));
    assertThat(options.validation().suite().severity())
        .isEqualTo(SuiteOptions.DefaultSeverity.INFO);
    assertThat(options.validation().suite().unsupported()).isEqualTo(SuiteOptions.Unsupported.WARN);
    assertThat(options.validation().onCritical()).isEqualTo(OnCritical.FAIL_JOB);
    assertThat(options.validation().producerHeader()).contains("sender");
    assertThat(options.batch())
        .isEqualTo(
            new BatchOptions(
                65536,
                Duration.ofSeconds(1),
                Duration.ZERO,
                MemorySize.parse("1kb"),
                RowCap.ADAPTIVE));
    assertThat(options.infer().parallelism()).isEqualTo(4);
    assertThat(options.profile().enabled()).isFalse();
    assertThat(options.profile().window()).isEqualTo("P1Y");
    assertThat(options.profile().windowSize().period()).isEqualTo(Period.ofYears(1));
    assertThat(options.profile().windowOffset().period()).isEqualTo(Period.ofMonths(2));
    assertThat(options.profile().timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(options.profile().allowedLateness()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.profile().updateInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.profile().maxOpen()).isEqualTo(50);
    assertThat(options.profile().segments())
        .isEqualTo(new SegmentOptions("station", List.of("a", "b"), 3));
    assertThat(options.drift()).isEqualTo(new DriftOptions(0.25, 0.05, 10));
    assertThat(options.alarms())
        .isEqualTo(new AlarmOptions(false, new AlarmWindows(3, 5), Duration.ofHours(1), 0.25, 7));
    assertThat(options.delivery())
        .isEqualTo(new DeliveryOptions(Guarantee.EXACTLY_ONCE, "team", Duration.ofMinutes(15)));
    assertThat(options.checkpoint().interval()).isEqualTo(Duration.ofMinutes(1));
    values.remove("registry.user");
    values.remove("registry.password");
    values.put("registry.token", "t");
    assertThat(OptionReader.read(values).registry().token()).contains("t");
    values.put("registry.user", "u"); // excludes the token
    values.put("registry.password", "p");
    assertThat(JobOptions.options()).allMatch(option -> isNamed(option.key(), values));
  }

  private static boolean isNamed(String key, Map<String, String> values) {
    return values.keySet().stream().anyMatch(k -> k.equals(key) || k.startsWith(key + "."));
  }

  private static JobOptions copy(JobOptions options) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(options);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (JobOptions) in.readObject();
    }
  }
}
