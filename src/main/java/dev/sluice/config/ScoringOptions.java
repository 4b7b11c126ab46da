package dev.sluice.config;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/**
 * How the rows of a batch go through the model, and what is made of its answers.
 *
 * @param batchSizes rows that a run may have, ascending; empty for any number
 * @param rowByRow whether each run has one row
 * @param timeout how long a run may take; zero for as long as it likes
 * @param nanOutput what becomes of a row that is answered with NaN
 */
public record ScoringOptions(
    List<Integer> batchSizes, boolean rowByRow, Duration timeout, NanOutput nanOutput)
    implements Serializable {
  private static final int MAX_ROWS = 65536;
  private static final String SIZES_EXPECTED =
      "comma separated ascending whole numbers from 1 to " + MAX_ROWS;

  public static final ConfigOption<String> BATCH_SIZES =
      ConfigOptions.key("model.batch-sizes")
          .stringType()
          .defaultValue("")
          .withDescription(
              "Rows that a run of the model may have, comma separated and ascending; a run is padded up to the next, a larger batch is split. Empty for any number, or the one that the model fixes.");

  public static final ConfigOption<Boolean> ROW_BY_ROW =
      ConfigOptions.key("model.row-by-row")
          .booleanType()
          .defaultValue(false)
          .withDescription(
              "Whether each run of the model has one row: for models whose answers depend on the batch, such as dynamically quantised ones.");

  public static final ConfigOption<Duration> TIMEOUT =
      ConfigOptions.key("model.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription(
              "How long a run of the model may take before it is terminated and its rows are scored in smaller runs, down to the one that is too slow; 0 for no limit.");

  public static final ConfigOption<NanOutput> NAN_OUTPUT =
      ConfigOptions.key("model.nan-output")
          .enumType(NanOutput.class)
          .defaultValue(NanOutput.FAIL_RECORD)
          .withDescription(
              "What becomes of a record that the model answers with NaN: fail-record makes it a dead letter, flag predicts it with a warning.");

  public ScoringOptions {
    batchSizes = List.copyOf(batchSizes);
    requireNonNull(timeout, "timeout is null");
    requireNonNull(nanOutput, "nanOutput is null");
  }

  /** Returns the defaults. */
  public static ScoringOptions defaults() {
    return new ScoringOptions(
        List.of(), ROW_BY_ROW.defaultValue(), TIMEOUT.defaultValue(), NAN_OUTPUT.defaultValue());
  }

  /** Returns whether the answer for a record cannot depend on others: each run has one row. */
  public boolean isEachAlone() {
    return rowByRow || batchSizes.equals(List.of(1));
  }

  static ScoringOptions read(OptionValues values) {
    List<Integer> sizes = values.parse(BATCH_SIZES, SIZES_EXPECTED, ScoringOptions::sizes);
    boolean rowByRow = values.get(ROW_BY_ROW, "true or false");
    if (rowByRow && !sizes.isEmpty()) {
      values.problem(
          ROW_BY_ROW.key()
              + " is true, expected no "
              + BATCH_SIZES.key()
              + " beside it: runs of 1");
    }
    return new ScoringOptions(
        sizes,
        rowByRow,
        values.duration(TIMEOUT, "a duration up to 10000 d, such as 30 s, or 0", Duration.ZERO),
        values.get(NAN_OUTPUT, "fail-record or flag"));
  }

  private static List<Integer> sizes(String text) {
    List<Integer> sizes = OptionValues.split(text).stream().map(Integer::valueOf).toList();
    int before = 0;
    for (int size : sizes) {
      if (size <= before || size > MAX_ROWS) {
        throw new IllegalArgumentException(text);
      }
      before = size;
    }
    return sizes;
  }

  static List<ConfigOption<?>> options() {
    return List.of(BATCH_SIZES, ROW_BY_ROW, TIMEOUT, NAN_OUTPUT);
  }
}
