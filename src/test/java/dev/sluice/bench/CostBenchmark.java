package dev.sluice.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cost against work, in one thread of this process, by the processor's time: columns, batch,
 * distinct texts, size of the model, segments. Writes {@code cost.json} and {@code cost.png}, a
 * curve each.
 */
final class CostBenchmark {
  private static final Duration SHARE = Duration.ofMillis(100);
  private static final int WARM_UP = 5;

  /**
   * How much work each curve is measured at.
   *
   * @param values how many values a pass takes at each number of columns
   * @param records how many records a pass takes at each number of distinct texts
   * @param segments take as many values as columns
   */
  record Sizes(
      List<Long> columns,
      int values,
      List<Long> batch,
      List<Long> distinct,
      int records,
      List<GrownModel> models,
      List<Long> segments) {
    /** As the goals have them; the last model has a hundred times the weights of the first. */
    static Sizes full() {
      return new Sizes(
          List.of(10L, 20L, 50L, 100L, 200L, 500L, 1000L),
          256 << 10,
          List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 2048L, 4096L),
          List.of(10L, 100L, 1000L, 3000L, 10_000L, 100_000L, 1_000_000L),
          1_000_000,
          List.of(
              new GrownModel(64),
              new GrownModel(128),
              new GrownModel(256),
              new GrownModel(512),
              new GrownModel(896)),
          List.of(1L, 10L, 100L, 1000L));
    }
  }

  private final Path directory;

  /**
   * @param directory where everything is written
   */
  CostBenchmark(Path directory) {
    this.directory = directory;
  }

  /**
   * @param args number of rounds (default 9)
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
    Path directory = Path.of("target/bench");
    List<CostCurve> curves =
        new CostBenchmark(directory).run(Sizes.full(), new Rounds(rounds, WARM_UP, SHARE));
    curves.forEach(curve -> System.out.println(curve.toTable()));
    System.out.println("Written to " + directory.resolve("cost.json"));
    System.out.println("Drawn in " + directory.resolve("cost.png"));
    System.exit(0);
  }

  /** Measures all curves and writes them. */
  List<CostCurve> run(Sizes sizes, Rounds rounds) throws Exception {
    List<CostCurve> curves = new ArrayList<>();
    try (ColumnsCost columns = new ColumnsCost(sizes.columns(), sizes.values())) {
      curves.add(columns.measure(rounds));
    }
    try (BatchCost batch = new BatchCost(sizes.batch())) {
      curves.add(batch.measure(rounds));
    }
    try (DistinctCost distinct = new DistinctCost(sizes.distinct(), sizes.records())) {
      curves.add(distinct.measure(rounds.count(), 1));
    }
    try (ModelSizeCost model = new ModelSizeCost(directory.resolve("models"), sizes.models())) {
      curves.add(model.measure(rounds));
    }
    try (SegmentsCost segments = new SegmentsCost(sizes.segments(), sizes.values())) {
      curves.add(segments.measure(rounds));
    }
    write(curves);
    return curves;
  }

  private void write(List<CostCurve> curves) throws IOException {
    Files.createDirectories(directory);
    Map<String, Object> report = new LinkedHashMap<>();
    for (CostCurve curve : curves) {
      report.put(curve.name(), curve.toJson());
    }
    CostChart.write(curves, directory.resolve("cost.png"));
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve("cost.json").toFile(), report);
  }
}
