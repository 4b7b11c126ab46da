package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.sluice.infer.Bisection;
import dev.sluice.infer.Model;
import dev.sluice.infer.ModelPlace;
import dev.sluice.infer.TestBatches;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.record.PredictionBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Rows per second of the inferring stage over those of a bare loop on ONNX Runtime, in one thread.
 * Both score the same {@value #ROWS}-row batches in turn, copied into their buffers before each
 * run, and their answers are compared once.
 */
public final class InferBenchmark {
  private static final Path OUT = Path.of("target/bench");
  private static final Path DATA = Path.of("../shared/data");
  private static final int ROWS = 256;
  private static final int BATCHES = 64;
  private static final double GOAL = 0.9;

  private final ModelPackage model;
  private final FeatureLayout layout;
  private final List<FeatureBatch> batches = new ArrayList<>();

  private InferBenchmark(Path file) {
    this.model = ModelPackage.open(file);
    this.layout =
        TestBatches.layout(
            model.signature().inputs().stream()
                .map(
                    info ->
                        new InputTensor(
                            info.name(),
                            info.type(),
                            info.rowShape().stream().map(Math::toIntExact).toList(),
                            List.of()))
                .toArray(InputTensor[]::new));
    Random random = new Random(7);
    for (int i = 0; i < BATCHES; i++) {
      FeatureBatch batch = new FeatureBatch(layout, ROWS);
      for (int row = 0; row < ROWS; row++) {
        TestBatches.append(batch, values(random));
      }
      batches.add(batch);
    }
  }

  private Object[] values(Random random) {
    List<Object> values = new ArrayList<>();
    for (FeatureColumn column : layout.columns()) {
      for (int i = 0; i < column.width(); i++) {
        values.add(
            column.type() == ElementType.STRING
                ? "NESW".substring(random.nextInt(4)).substring(0, 1)
                : random.nextDouble(-2, 2));
      }
    }
    return values.toArray();
  }

  /**
   * @param args seconds of a round (default 2) and number of rounds (default 5)
   */
  public static void main(String[] args) throws Exception {
    double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    Map<String, Path> models = new LinkedHashMap<>();
    models.put("MLP 30-64-32-1", Path.of("src/test/resources/models/bench-mlp-30/model.onnx"));
    models.put("dense net 784", DATA.resolve("crayfish-ffnn/model-ffnn.onnx"));
    models.put("boosted trees", DATA.resolve("models/gbt.onnx"));
    Map<String, Object> report = new LinkedHashMap<>();
    for (Map.Entry<String, Path> entry : models.entrySet()) {
      if (Files.exists(entry.getValue())) {
        report.put(
            entry.getKey(),
            new InferBenchmark(entry.getValue()).run(entry.getKey(), seconds, rounds));
      } else {
        System.out.printf("%-16s skipped: no %s%n", entry.getKey(), entry.getValue());
      }
    }
    Files.createDirectories(OUT);
    Files.writeString(
        OUT.resolve("infer.json"),
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(report));
    System.out.println("Written to " + OUT.resolve("infer.json"));
  }

  private Map<String, Object> run(String name, double seconds, int rounds) throws Exception {
    List<Double> bareRates = new ArrayList<>();
    List<Double> stageRates = new ArrayList<>();
    FeatureBatch current = new FeatureBatch(layout, ROWS);
    PredictionBatch result = new PredictionBatch();
    try (BareRuntime bare = new BareRuntime(model.onnxFile().toString(), model.signature(), ROWS);
        Model loaded =
            OnnxModelLoader.create(model, SessionFactory.cpu())
                .load(new ModelPlace(model.path()), layout, ROWS)) {
      Bisection stage = new Bisection(loaded);
      for (int row = 0; row < ROWS; row++) {
        TestBatches.append(current, values(new Random(row)));
      }
      compare(bare, stage, current, result);
      for (int round = 0; round <= rounds; round++) {
        double bareRate = rate(seconds, batch -> scoreBare(bare, batch));
        double stageRate =
            rate(
                seconds,
                batch -> {
                  current.copyInputs(batch, 0, ROWS, 0);
                  stage.score(current, result);
                });
        if (round > 0) { // the first warms up
          bareRates.add(bareRate);
          stageRates.add(stageRate);
        }
      }
    }
    double ratio = median(stageRates) / median(bareRates);
    System.out.printf(
        Locale.ROOT,
        "%-16s bare %,12.0f rows/s, stage %,12.0f rows/s, ratio %.2f  goal %s: %s%n",
        name,
        median(bareRates),
        median(stageRates),
        ratio,
        GOAL,
        ratio >= GOAL ? "met" : "MISSED");
    return Map.of("bare", bareRates, "stage", stageRates, "ratio", ratio);
  }

  /** Takes one batch; may fail. */
  private interface Scoring {
    void score(FeatureBatch batch) throws Exception;
  }

  private double rate(double seconds, Scoring scoring) throws Exception {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long rows = 0;
    while (System.nanoTime() < end) {
      for (FeatureBatch batch : batches) {
        scoring.score(batch);
      }
      rows += (long) BATCHES * ROWS;
    }
    return rows * 1e9 / (System.nanoTime() - start);
  }

  private void scoreBare(BareRuntime bare, FeatureBatch batch) throws Exception {
    for (int i = 0; i < layout.inputs().size(); i++) {
      InputTensor input = layout.inputs().get(i);
      if (input.type() == ElementType.STRING) {
        bare.texts(input.name(), batch.tensor(i).texts());
      } else {
        bare.buffer(input.name()).clear().put(batch.tensor(i).slice(0, ROWS));
      }
    }
    bare.score();
  }

  private void compare(
      BareRuntime bare, Bisection stage, FeatureBatch batch, PredictionBatch result)
      throws Exception {
    scoreBare(bare, batch);
    int failed = stage.score(batch, result);
    boolean same =
        result.outputs().stream()
            .allMatch(o -> o.values().slice(0, ROWS).equals(bare.buffer(o.name()).rewind()));
    if (failed > 0 || !same) {
      throw new IllegalStateException(failed + " rows failed, answers are the same: " + same);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }
}
