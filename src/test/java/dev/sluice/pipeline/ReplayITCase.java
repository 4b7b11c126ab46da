package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.JobPlan;
import dev.sluice.JobPlans;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.ModelLoader;
import dev.sluice.infer.ModelPlace;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.PredictionBatch;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The real stream, some of it out of order, through the whole job again and again: by whatever
 * parallelism and with whatever failure, the last revision of each profile is the same. The model
 * is one of trees, whose scores do not depend on the batch.
 */
@EnabledIf(value = "dataIsHere", disabledReason = "../shared/data is absent")
class ReplayITCase {
  @RegisterExtension static final Servers SERVERS = new Servers();

  private static final int ROWS = 315_648;
  private static final int PARTITIONS = 4;
  private static final int MONTHS = 36;

  /** All together, three stations, and the rest. */
  private static final int SEGMENTS = 5;

  static boolean dataIsHere() {
    return Files.isDirectory(AirQualityFiles.DATA);
  }

  private static JobRun run(String name, int parallelism) {
    return new JobRun(
            "replay-" + name, SERVERS.kafka().bootstrapServers(), SERVERS.flink(), PARTITIONS)
        .option("topics.features", "replay-one-features")
        .option("features.schema", "schemas/AirQualityReading.avsc")
        .option("features.event-time.field", "ts")
        .option("model.uri", AirQualityFiles.DATA.resolve("models/mlflow-gbt").toString())
        .option("validation.profile", "src/main/resources/models/air-quality-mlp/data-profile.json")
        .option("profile.window", "P1M")
        .option("profile.time-zone", "+08:00")
        // So long that windows end and become final apart, however fast the stream is replayed.
        .option("profile.allowed-lateness", "400 d")
        .option("profile.update-interval", "1 ms")
        .option("profile.segment-by", "station")
        .option("profile.segments", "Dongsi,Gucheng,Tiantan")
        .option("profile.open-windows.max", "7")
        .option("checkpoint.interval", "500 ms")
        .parallelism(parallelism);
  }

  /** Returns the last profile of each key, its revision aside. */
  private static Map<String, String> last(List<GenericRecord> profiles) {
    Map<String, String> last = new TreeMap<>();
    for (GenericRecord profile : profiles) {
      List<?> columns = (List<?>) profile.get("columns");
      String column =
          columns.isEmpty() ? "" : ((GenericRecord) columns.get(0)).get("name").toString();
      profile.put("revision", 0);
      last.put(
          profile.get("windowStart") + "/" + profile.get("segment") + "/" + column,
          profile.toString());
    }
    return last;
  }

  @Test
  void theLastRevisionsAreTheSameAtAnyParallelismAndAfterAFailure() throws Exception {
    JobRun one = run("one", 1);
    JobRun two = run("two", 2); // all topics first: a broker takes a moment to show them
    JobRun failed = run("failed", 2).change(BreaksDownOnce::plan);
    AirQualityFiles.produce(one, AirQualityFiles.STREAM, PARTITIONS, 12 * 24);
    one.execute();
    new Books(one).assertBalanced(ROWS);
    List<GenericRecord> published = one.inputProfiles();
    assertThat(published)
        .as("windows were published again")
        .anySatisfy(profile -> assertThat((Integer) profile.get("revision")).isPositive());
    Map<String, String> inputs = last(published);
    Map<String, String> outputs = last(one.outputProfiles());
    assertThat(inputs.keySet()).filteredOn(key -> key.endsWith("/")).hasSize(MONTHS * SEGMENTS);
    assertThat(outputs.keySet()).filteredOn(key -> key.endsWith("/")).hasSize(MONTHS * SEGMENTS);
    assertThat(inputs.values())
        .allSatisfy(profile -> assertThat(profile).contains("\"final\": true", "\"lateRows\": 0"));

    two.execute();
    assertThat(last(two.inputProfiles())).isEqualTo(inputs);
    assertThat(last(two.outputProfiles())).isEqualTo(outputs);

    BreaksDownOnce.BROKEN.set(false);
    failed.execute();
    assertThat(BreaksDownOnce.BROKEN).isTrue();
    assertThat(last(failed.inputProfiles())).isEqualTo(inputs);
    assertThat(last(failed.outputProfiles())).isEqualTo(outputs);
  }

  /** A model that breaks down once, half way through a subtask's share. */
  private static final class BreaksDownOnce implements ModelLoader {
    private static final long serialVersionUID = 1L;
    private static final AtomicBoolean BROKEN = new AtomicBoolean();

    private final ModelLoader loader;

    BreaksDownOnce(ModelLoader loader) {
      this.loader = loader;
    }

    static JobPlan plan(JobPlan plan) {
      return JobPlans.withLoader(plan, new BreaksDownOnce(plan.loader()));
    }

    @Override
    public Model load(ModelPlace place, FeatureLayout layout, int maxRows) {
      Model model = loader.load(place, layout, maxRows);
      return new Model() {
        private int rows;

        @Override
        public void score(FeatureBatch batch, int from, int to, PredictionBatch result)
            throws ModelException {
          rows += to - from;
          if (rows > ROWS / 4 && BROKEN.compareAndSet(false, true)) {
            throw new IllegalStateException("breaks down as planned");
          }
          model.score(batch, from, to, result);
        }

        @Override
        public void close() {
          model.close();
        }
      };
    }
  }
}
