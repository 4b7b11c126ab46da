package dev.sluice;

import dev.sluice.decode.FeatureFields;
import dev.sluice.expect.gx.SuiteColumns;
import dev.sluice.record.ElementType;
import dev.sluice.record.Padding;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The fields of feature records as the columns that a suite is about: all that a feature can be
 * made of, times among them.
 *
 * @param schema of the records
 */
public record SchemaColumns(Schema schema) implements SuiteColumns {
  @Override
  public Optional<ElementType> type(String field) {
    if (!FeatureFields.has(schema, field)) {
      return Optional.empty();
    }
    try {
      return Optional.of(FeatureFields.column(schema, field, List.of(1), Padding.NONE).type());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // a record, say: no feature can be made of it
    }
  }

  @Override
  public Optional<ChronoUnit> times(String field) {
    return type(field).isEmpty() ? Optional.empty() : FeatureFields.times(schema, field);
  }
}
