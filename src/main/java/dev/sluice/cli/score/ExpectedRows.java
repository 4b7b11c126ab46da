package dev.sluice.cli.score;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the rows of a file are expected to come to, in its order. Whoever opened it closes it. */
public abstract class ExpectedRows implements AutoCloseable {
  /**
   * Opens a file of expected values: JSON lines as the predictions are written, or of a flat object
   * name → value; or CSV with a column per place in the outputs.
   *
   * @param file closed with what is returned, or at once where that fails
   * @param outputs the names of the model's outputs
   * @param names column or key by place in the outputs, where they differ
   * @param ignored columns or keys that are not compared, though they begin with {@code expected_}
   * @throws IllegalArgumentException if a place or a column is not there, or a column is expected
   *     of no output
   */
  public static ExpectedRows open(
      DataFile file, List<String> outputs, Map<String, String> names, Collection<String> ignored)
      throws IOException {
    try {
      ExpectedNames expected = new ExpectedNames(outputs, names, ignored);
      return switch (file.format()) {
        case CSV -> new ExpectedTable(file, expected);
        case JSON_LINES -> new ExpectedLines(file, expected);
        case AVRO, PARQUET ->
            throw new IllegalArgumentException(
                "--expect: "
                    + file.path()
                    + " is "
                    + file.format()
                    + ", expected JSON lines or CSV");
      };
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Returns the next row, or null at the end.
   *
   * @throws IllegalArgumentException if it cannot be read, or at the end if a name that was given
   *     has never come
   */
  abstract ExpectedRow next();

  /** Returns the name of the file. */
  abstract String name();

  @Override
  public abstract void close() throws IOException;
}
