package dev.sluice.bench;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import dev.sluice.SchemaFile;
import dev.sluice.cli.score.CsvFeatures;
import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.Split;
import dev.sluice.decode.FeatureFields;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What a value costs of the command {@code profile} from CSV without a model: the CPU time of the
 * whole process, collector and compiler included, of ever more of the path, so that the differences
 * tell the stages. Each round takes all stages; the first one also warms up.
 *
 * <pre>
 *   parse    text to cells, and these to numbers and texts of a row
 *   add      rows to batches to the columns of a profile
 *   build    grids, ranks and counts
 * </pre>
 *
 * <p>Beside them FastCSV alone is measured, cells thrown away, which reads files with quotes.
 *
 * <p>After that, the command as a whole: {@link ProfileCommandBenchmark}. Arguments: how many rows
 * to make, how many rounds.
 */
final class ProfileBenchmark {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final String TIME = "ts";
  private static final int BATCH = 256;

  private final Path file;
  private final FileSchema schema;
  private final FeatureLayout layout;
  private final long values;

  private ProfileBenchmark(Path file, Schema schema, long rows) {
    this.file = file;
    this.schema = FileSchema.given(schema, Map.of());
    this.layout =
        new FeatureLayout(
            FeatureFields.scalars(schema).stream()
                .map(field -> FeatureFields.column(schema, field, 1))
                .toList(),
            List.of());
    this.values = rows * schema.getFields().size();
  }

  public static void main(String[] args) throws IOException {
    long rows = Long.parseLong(args[0]);
    Schema schema = SchemaFile.read("schema", "schemas/AirQualityReading.avsc");
    Path file = Files.createTempFile("sluice-bench", ".csv");
    try {
      ReadingsFile.write(file, rows);
      ProfileBenchmark benchmark = new ProfileBenchmark(file, schema, rows);
      System.out.printf(
          "%,d rows of %d cells, %,d bytes; ns of CPU (wall) per cell%n",
          rows, schema.getFields().size(), Files.size(file));
      for (int round = 1; round <= Integer.parseInt(args[1]); round++) {
        benchmark.round(round);
      }
    } finally {
      Files.delete(file);
    }
    ProfileCommandBenchmark.run(rows, Integer.parseInt(args[1]));
  }

  /** A stage; returns something that depends on all it did. */
  private interface Stage {
    long run() throws IOException;
  }

  private void round(int round) throws IOException {
    double library = measure(round, "FastCSV", this::library);
    double parse = measure(round, "parse", this::parse);
    double add = measure(round, "+ add", () -> profile(false));
    double build = measure(round, "+ build", () -> profile(true));
    System.out.printf(
        Locale.ROOT,
        "round %d: (FastCSV alone %.0f,) parse %.0f, add %.0f, build %.0f: %.0f ns, %.2f M values/s and core%n",
        round,
        library,
        parse,
        add - parse,
        build - add,
        build,
        1000 / build);
  }

  private double measure(int round, String name, Stage stage) throws IOException {
    long cpu = PROCESS.getProcessCpuTime();
    long wall = System.nanoTime();
    long result = stage.run();
    double perCell = (double) (PROCESS.getProcessCpuTime() - cpu) / values;
    System.out.printf(
        Locale.ROOT,
        "round %d %-8s %5.0f (%.0f) %x%n",
        round,
        name,
        perCell,
        (double) (System.nanoTime() - wall) / values,
        result);
    return perCell;
  }

  private long library() throws IOException {
    long rows = 0;
    try (DataFile data = DataFile.open("bench", file);
        CsvReader<Counted> reader =
            CsvReader.builder()
                .build(new Counted(), Files.newInputStream(data.path()), StandardCharsets.UTF_8)) {
      for (Counted row : reader) {
        rows += row.cells;
      }
    }
    return rows;
  }

  private long parse() throws IOException {
    FeatureRow row = new FeatureRow(layout);
    long present = 0;
    try (CsvFeatures features = open()) {
      while (features.next(row)) {
        present += row.isMissing(2) ? 0 : 1;
      }
    }
    return present;
  }

  private long profile(boolean build) throws IOException {
    FeatureRow row = new FeatureRow(layout);
    FeatureBatch batch = new FeatureBatch(layout, BATCH);
    try (ProfileBuilder builder = new ProfileBuilder(layout);
        CsvFeatures features = open()) {
      while (features.next(row)) {
        batch.append(row);
        if (batch.size() == BATCH) {
          builder.addInputs(batch);
          batch.clear();
        }
      }
      builder.addInputs(batch);
      return build ? builder.build("", "", "", "bench", "", "UTC", "bench").hashCode() : 0;
    }
  }

  private CsvFeatures open() {
    return new CsvFeatures(
        DataFile.open("bench", file), 0, schema, layout, TIME, Split.all(), note -> {});
  }

  /** Takes cells, and keeps nothing of them. */
  private static final class Counted extends CsvCallbackHandler<Counted> {
    private int cells;

    @Override
    protected RecordType getRecordType() {
      return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
      return cells;
    }

    @Override
    protected void beginRecord(long line) {
      cells = 0;
    }

    @Override
    protected void addField(char[] chars, int offset, int length, boolean quoted) {
      cells++;
    }

    @Override
    protected void setComment(char[] chars, int offset, int length) {}

    @Override
    protected void setEmpty() {}

    @Override
    protected Counted buildRecord() {
      return this;
    }
  }
}
