package dev.sluice.pipeline;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.model.OnnxBytes;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The air quality model as it is, and as it might be in its next version. */
final class Packages {
  static final Path MODEL = Path.of("src/main/resources/models/air-quality-mlp");
  static final Path PROFILE = MODEL.resolve("data-profile.json");
  private static final int DOC_STRING = 6;

  private Packages() {}

  /** Makes version 2: the same weights, but another file, so another SHA-256. */
  static Path nextModel(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.copy(MODEL.resolve("model.onnx"), directory.resolve("model.onnx"));
    Files.write(
        directory.resolve("model.onnx"),
        new OnnxBytes().text(DOC_STRING, "version 2").bytes(),
        StandardOpenOption.APPEND);
    List<String> lines =
        Files.readAllLines(MODEL.resolve("MLmodel")).stream()
            .filter(line -> !line.trim().startsWith("model_sha256:"))
            .map(line -> line.equals("  version: '1'") ? "  version: '2'" : line)
            .toList();
    Files.write(directory.resolve("MLmodel"), lines);
    return directory;
  }

  /** Makes a profile that refuses what it is warmer than 20 degrees. */
  static Path nextProfile(Path file) throws IOException {
    DataProfile profile = DataProfileFile.read(PROFILE);
    Expectation mild =
        Expectation.of(
            ExpectationType.RANGE, List.of("TEMP"), Bounds.of(-67.0, 20.0), Severity.CRITICAL);
    List<ColumnProfile> columns =
        profile.columns().stream()
            .map(column -> column.name().equals("TEMP") ? expecting(column, mild) : column)
            .toList();
    DataProfileFile.write(
        new DataProfile(
            profile.kind(),
            profile.model(),
            profile.window(),
            profile.counts(),
            columns,
            profile.outputs(),
            profile.expectations(),
            profile.dataSet(),
            profile.creator()),
        file);
    return file;
  }

  private static ColumnProfile expecting(ColumnProfile column, Expectation more) {
    List<Expectation> all = new ArrayList<>(column.expectations());
    all.add(more);
    return column.withExpectations(all);
  }
}
