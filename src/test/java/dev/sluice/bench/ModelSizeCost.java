package dev.sluice.bench;

import ai.onnxruntime.OrtException;
import dev.sluice.infer.Model;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.FeatureLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model costs, against its number of weights: scoring a row in batches of {@value #BATCH},
 * loading, and memory; the job's beside that of ONNX Runtime alone. The job's loading reads and
 * checks the package, fixes its digest and scores neutral rows of the sizes to come, the other
 * scores one batch. Memory is what the process grows by, of several loads that stay open, since
 * what is freed is used again.
 */
final class ModelSizeCost implements AutoCloseable {
  private static final int BATCH = 256;
  private static final int LOADED_AT_ONCE = 8;
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final double PAGES_PER_KIB = 0.25;

  private final Path directory;
  private final List<GrownModel> models;
  private final List<Opened> opened = new ArrayList<>();

  /**
   * @param directory where the models are written
   * @param models growing
   */
  ModelSizeCost(Path directory, List<GrownModel> models) {
    this.directory = directory;
    this.models = List.copyOf(models);
  }

  private Path file(GrownModel model) {
    return directory.resolve("mlp-" + model.hidden() + ".onnx");
  }

  /** Measures all sizes in turn. */
  CostCurve measure(Rounds rounds) throws Exception {
    List<Rounds.Pass> passes = new ArrayList<>();
    for (GrownModel model : models) {
      model.write(file(model));
      InferencePair pair = new InferencePair(file(model), BATCH);
      opened.add(pair::close);
      passes.add(pair::job);
      passes.add(pair::bare);
    }
    List<List<Double>> nanos = rounds.measure(passes);
    CostSeries job = CostSeries.of("inference of the job", "ns per row");
    CostSeries bare = CostSeries.of("ONNX Runtime alone", "ns per row");
    CostSeries loadJob = CostSeries.of("loading, job", "ms");
    CostSeries loadBare = CostSeries.of("loading, alone", "ms");
    CostSeries memoryJob = CostSeries.of("memory, job", "KiB");
    CostSeries memoryBare = CostSeries.of("memory, alone", "KiB");
    for (int i = 0; i < models.size(); i++) {
      job.add(nanos.get(2 * i), InferencePair.ROWS);
      bare.add(nanos.get(2 * i + 1), InferencePair.ROWS);
      Path file = file(models.get(i));
      Loads ofJob = load(rounds.count(), () -> loadJob(file));
      Loads ofBare = load(rounds.count(), () -> loadBare(file));
      loadJob.add(ofJob.nanos(), 1e6);
      loadBare.add(ofBare.nanos(), 1e6);
      memoryJob.add(ofJob.kib(), 1);
      memoryBare.add(ofBare.kib(), 1);
    }
    return new CostCurve(
        "model",
        "Cost of a model (MLP 30-h-h/2-1), batches of " + BATCH,
        "weights",
        models.stream().map(GrownModel::weights).toList(),
        List.of(job, bare, loadJob, loadBare, memoryJob, memoryBare));
  }

  /** Has loaded a model. */
  private interface Opened {
    void close() throws OrtException;
  }

  /** Loads a model. */
  private interface Load {
    Opened open() throws Exception;
  }

  /** Nanoseconds of each load, and KiB that each took of several, measured that often. */
  private record Loads(List<Double> nanos, List<Double> kib) {}

  private Loads load(int rounds, Load load) throws Exception {
    opened.add(load.open()); // what the first alone takes
    Loads loads = new Loads(new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      double before = residentKib();
      long start = Rounds.cpuNanos();
      for (int i = 0; i < LOADED_AT_ONCE; i++) {
        opened.add(load.open());
      }
      loads.nanos().add((double) (Rounds.cpuNanos() - start) / LOADED_AT_ONCE);
      loads.kib().add((residentKib() - before) / LOADED_AT_ONCE);
    }
    return loads;
  }

  private static Opened loadJob(Path file) {
    ModelPackage read = ModelPackage.open(file);
    FeatureLayout layout = InferencePair.layout(read);
    Model model = InferencePair.load(read, layout, BATCH);
    return model::close;
  }

  private static Opened loadBare(Path file) throws Exception {
    ModelPackage read = ModelPackage.open(file);
    BareRuntime bare = new BareRuntime(file.toString(), read.signature(), BATCH);
    bare.score();
    return bare::close;
  }

  private static double residentKib() throws Exception {
    return Long.parseLong(Files.readString(STATM).split(" ")[1]) / PAGES_PER_KIB;
  }

  @Override
  public void close() throws OrtException {
    for (Opened one : opened) {
      one.close();
    }
  }
}
