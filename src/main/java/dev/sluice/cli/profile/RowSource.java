package dev.sluice.cli.profile;

import dev.sluice.cli.score.RowReader;
import dev.sluice.cli.score.Split;
import dev.sluice.decode.RowDecoder;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Where a profile's rows come from. The same rows come each time it is opened, in an order that may
 * differ.
 */
public interface RowSource {
  /** Returns the schema that the records are read as; often they are written with it. */
  Schema schema();

  /**
   * Opens the rows; the caller closes them.
   *
   * @param split which of them are taken
   * @throws IllegalArgumentException if they cannot be read
   */
  SourceRows open(Split split) throws IOException;

  /** Returns the same rows, of which only the columns of a layout are taken. */
  default RowSource taking(FeatureLayout layout) {
    return this;
  }

  /**
   * Opens what decodes its records into rows of a layout; the caller closes it.
   *
   * @param eventTimeField empty for none
   * @throws IllegalArgumentException if the records cannot be read as the layout
   */
  default RowReader reader(FeatureLayout layout, String eventTimeField) {
    return RowDecoder.compile(schema(), layout, eventTimeField)::decode;
  }

  /**
   * Opens what reads some top-level fields of its records; the caller closes it.
   *
   * @param names of fields of the schema
   */
  default RecordFields fields(Collection<String> names) {
    return RecordFields.plain(schema(), names);
  }

  /**
   * Opens the same rows as features, where the source can do so without making records first; the
   * caller closes them.
   *
   * @param layout made without a model, of this source's schema
   * @param eventTimeField empty for none
   * @return empty where it cannot
   */
  default Optional<FeatureRows> openFeatures(
      Split split, FeatureLayout layout, String eventTimeField) {
    return Optional.empty();
  }

  /** Returns the name of the data set, for a person. */
  String name();

  /** Returns the same for a message, where it may be shorter. */
  default String shortName() {
    return name();
  }

  /** Returns the SHA-256 of the data set in hexadecimal, empty where it has none. */
  String sha256() throws IOException;

  /** Returns how much there is to read, in {@link #unit}s. */
  long size();

  /** Returns what its size counts. */
  Unit unit();

  /** Returns whether every row has a time of its own beside its fields. */
  boolean hasTimestamps();

  /** What the size of a source counts. */
  enum Unit {
    BYTES,
    OFFSETS
  }
}
