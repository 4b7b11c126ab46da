package dev.sluice.cli.drift;

import dev.sluice.drift.SignificanceLevel;
import java.nio.file.Path;
import java.util.List;

/**
 * Two files, compared.
 *
 * @param reference the file that is compared with
 * @param referenceForm what is in it
 * @param current the file that is compared
 * @param currentForm what is in it
 * @param columns what is in both
 * @param onlyReference columns that the reference alone has
 * @param onlyCurrent columns that the current data alone has
 */
public record DriftResult(
    Path reference,
    String referenceForm,
    Path current,
    String currentForm,
    SignificanceLevel significance,
    List<ColumnResult> columns,
    List<String> onlyReference,
    List<String> onlyCurrent) {
  public DriftResult {
    columns = List.copyOf(columns);
    onlyReference = List.copyOf(onlyReference);
    onlyCurrent = List.copyOf(onlyCurrent);
  }
}
