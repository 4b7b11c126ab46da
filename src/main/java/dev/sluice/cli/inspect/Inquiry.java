package dev.sluice.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.AnswerOptions;
import java.nio.file.Path;
import org.apache.avro.Schema;

/**
 * What is to be inspected, and with what.
 *
 * @param path a package's directory, or an {@code .onnx} file
 * @param schema of the records that are to be scored, null for none
 * @param answers what the model's inputs take, what it runs on, and what becomes of its outputs
 * @param profile a data profile in place of the package's, null for that
 */
public record Inquiry(Path path, Schema schema, AnswerOptions answers, Path profile) {
  public Inquiry {
    requireNonNull(path, "path is null");
    requireNonNull(answers, "answers is null");
  }
}
