package dev.sluice.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.sluice.config.ExecutionOptions;
import dev.sluice.config.PaddedLength;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * What is to be inspected, and with what.
 *
 * @param path a package's directory, or an {@code .onnx} file
 * @param schema of the records that are to be scored, null for none
 * @param inputs fields by model input, for inputs that take others than that of their own name
 * @param padding lengths by model input, for inputs with a dimension of unknown size
 * @param profile a data profile in place of the package's, null for that
 * @param execution what the model is run on
 */
public record Inquiry(
    Path path,
    Schema schema,
    Map<String, List<String>> inputs,
    Map<String, PaddedLength> padding,
    Path profile,
    ExecutionOptions execution) {
  public Inquiry {
    requireNonNull(path, "path is null");
    inputs = Map.copyOf(inputs);
    padding = Map.copyOf(padding);
    requireNonNull(execution, "execution is null");
  }
}
