package dev.sluice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The model package that comes with the project, copied out of the jar. */
final class DemoModel {
  private static final String FOLDER = "/models/air-quality-mlp/";
  private static final List<String> FILES =
      List.of(
          "MLmodel",
          "model.onnx",
          "data-profile.json",
          "requirements.txt",
          "conda.yaml",
          "python_env.yaml",
          "input_example.json");

  private DemoModel() {}

  /** Copies the package into a directory and returns that. */
  static Path copyTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String file : FILES) {
      try (InputStream in = DemoModel.class.getResourceAsStream(FOLDER + file)) {
        if (in == null) {
          throw new IOException("the jar has no " + FOLDER + file);
        }
        Files.write(directory.resolve(file), in.readAllBytes());
      }
    }
    return directory;
  }
}
