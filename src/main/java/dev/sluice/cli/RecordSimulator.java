package dev.sluice.cli;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.Season;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Draws feature records from a data profile: each column on its own, from its histogram or its
 * values, missing as often as there; where the profile has seasons, from that of the event time.
 * Event time advances evenly over a span. Deterministic by seed. What goes wrong, and from when, is
 * the business of {@link Faults}.
 */
final class RecordSimulator implements FeatureRecords {
  private final RecordFormat format;
  private final List<FieldSampler> whole;
  private final Map<Integer, List<FieldSampler>> bySeason = new HashMap<>();
  private final Season season;
  private final ZoneId zone;
  private final Faults faults;
  private final int keyPosition;
  private final int eventTimePosition;
  private final long size;
  private final LongUnaryOperator eventTimes;
  private final SplittableRandom random;
  private long next;

  /**
   * @param schema the records' schema, flat
   * @param keyField field that becomes the Kafka key, empty for none
   * @param eventTimeField a field of type timestamp-millis
   * @param records how many to draw
   * @param start event time of the first
   * @param span from the first event time to after the last
   * @throws IllegalArgumentException if a field is neither the event time nor in the profile, and
   *     cannot be null; or if the profile has none of its values to draw from
   */
  RecordSimulator(
      Schema schema,
      DataProfile profile,
      String keyField,
      String eventTimeField,
      long records,
      Instant start,
      Duration span,
      Faults faults,
      long seed) {
    this(
        schema,
        profile,
        keyField,
        eventTimeField,
        records,
        evenly(start.toEpochMilli(), span.toMillis() / (double) records),
        faults,
        seed);
  }

  /**
   * @param eventTimeField a field that holds the event time in milliseconds, empty for none
   * @param eventTimes the milliseconds since the epoch of the n-th record, from 0
   * @throws IllegalArgumentException as the other
   */
  RecordSimulator(
      Schema schema,
      DataProfile profile,
      String keyField,
      String eventTimeField,
      long records,
      LongUnaryOperator eventTimes,
      Faults faults,
      long seed) {
    this.format = new RecordFormat(schema);
    this.faults = faults;
    this.size = records;
    this.eventTimes = eventTimes;
    this.random = new SplittableRandom(seed);
    this.keyPosition = keyField.isEmpty() ? -1 : schema.getField(keyField).pos();
    this.eventTimePosition = eventTimeField.isEmpty() ? -1 : schema.getField(eventTimeField).pos();
    this.whole = samplers(schema, profile, List.of());
    List<ProfilePart> seasons =
        profile.parts().stream().filter(part -> part.kind() == PartKind.SEASON).toList();
    this.season = seasons.isEmpty() ? Season.NONE : Season.withPart(seasons.get(0).value());
    for (ProfilePart part : seasons) {
      bySeason.put(season.indexOf(part.value()), samplers(schema, profile, part.columns()));
    }
    String profiled = profile.window().timeZone();
    this.zone = ZoneId.of(profiled.isEmpty() ? "UTC" : profiled);
  }

  private static LongUnaryOperator evenly(long startMillis, double stepMillis) {
    return i -> startMillis + (long) (i * stepMillis);
  }

  /** Draws from some columns of a part; what has no values there, from the whole. */
  private List<FieldSampler> samplers(
      Schema schema, DataProfile profile, List<ColumnProfile> ofPart) {
    List<FieldSampler> samplers = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      if (field.pos() != eventTimePosition) {
        ColumnProfile column =
            ofPart.stream()
                .filter(known -> known.name().equals(field.name()))
                .filter(known -> known.isText() ? !known.values().isEmpty() : known.finite() > 0)
                .findFirst()
                .or(() -> profile.column(field.name()))
                .orElse(null);
        samplers.add(new FieldSampler(field, column));
      }
    }
    return samplers;
  }

  @Override
  public long size() {
    return size;
  }

  /** Returns the next record as it is drawn, without faults, or null at the end. */
  GenericData.Record draw() {
    if (next == size) {
      return null;
    }
    GenericData.Record record = new GenericData.Record(format.schema());
    long eventTime = eventTimes.applyAsLong(next);
    next++;
    if (eventTimePosition >= 0) {
      record.put(eventTimePosition, eventTime);
    }
    List<FieldSampler> samplers =
        season == Season.NONE
            ? whole
            : bySeason.getOrDefault(season.partOf(eventTime, zone), whole);
    for (FieldSampler sampler : samplers) {
      sampler.sample(record, random);
    }
    return record;
  }

  /** Returns how many records have been drawn. */
  long drawn() {
    return next;
  }

  @Override
  public Feature next() {
    GenericData.Record record = draw();
    if (record == null) {
      return null;
    }
    double progress = (next - 1) / (double) size;
    faults.shift(record, progress);
    byte[] key =
        keyPosition < 0
            ? null
            : record.get(keyPosition).toString().getBytes(StandardCharsets.UTF_8);
    return new Feature(key, faults.damage(format.encode(record), progress));
  }

  @Override
  public void close() {}

  /** Draws one field's values. */
  private static final class FieldSampler {
    private final Schema.Field field;
    private final Schema value; // other than null
    private final ColumnProfile column;
    private final double missingShare;
    private final long total;
    private final List<Map.Entry<String, Long>> texts;

    FieldSampler(Schema.Field field, ColumnProfile column) {
      this.field = field;
      this.column = column;
      Schema schema = field.schema();
      if (column == null && !schema.isNullable()) {
        throw new IllegalArgumentException(
            "field " + field.name() + " is not in the data profile, so it cannot be simulated");
      }
      this.value =
          schema.getType() == Schema.Type.UNION
              ? schema.getTypes().stream()
                  .filter(branch -> branch.getType() != Schema.Type.NULL)
                  .findFirst()
                  .orElse(Schema.create(Schema.Type.NULL))
              : schema;
      this.missingShare =
          column == null ? 1 : schema.isNullable() ? column.missing() / (double) column.rows() : 0;
      this.texts = column == null ? List.of() : List.copyOf(column.values().entrySet());
      this.total =
          column == null
              ? 0
              : column.isText()
                  ? texts.stream().mapToLong(Map.Entry::getValue).sum()
                  : column.finite();
      if (missingShare < 1) {
        requireDrawable();
      }
      if (total == 0 && missingShare < 1) {
        throw new IllegalArgumentException(
            "field "
                + field.name()
                + (column.valuesOverflow()
                    ? " has too many distinct texts for the data profile to list them"
                    : " has no values in the data profile")
                + ", so it cannot be simulated; records of a CSV file can be played");
      }
    }

    /** Requires that what the profile says of the column can be a value of the field. */
    private void requireDrawable() {
      boolean fits =
          switch (value.getType()) {
            case STRING, ENUM -> column.isText();
            case FLOAT, DOUBLE, INT, LONG, BOOLEAN -> !column.isText();
            default -> false;
          };
      if (!fits) {
        throw new IllegalArgumentException(
            "field %s is %s, and %s in the data profile, expected a number, boolean, string or enum that is the same in both, so it cannot be simulated"
                .formatted(field.name(), value, column.valueType()));
      }
      if (value.getType() == Schema.Type.ENUM) {
        for (Map.Entry<String, Long> text : texts) {
          if (!value.hasEnumSymbol(text.getKey())) {
            throw new IllegalArgumentException(
                "field %s is %s in the data profile, expected one of %s, so it cannot be simulated"
                    .formatted(field.name(), text.getKey(), value.getEnumSymbols()));
          }
        }
      }
    }

    void sample(GenericData.Record record, SplittableRandom random) {
      if (missingShare > 0 && random.nextDouble() < missingShare) {
        record.put(field.pos(), null);
        return;
      }
      long rank = random.nextLong(total);
      record.put(
          field.pos(), column.isText() ? text(rank) : number(drawn(rank, random.nextDouble())));
    }

    private Object text(long rank) {
      long left = rank;
      for (Map.Entry<String, Long> entry : texts) {
        left -= entry.getValue();
        if (left < 0) {
          return value.getType() == Schema.Type.ENUM
              ? new GenericData.EnumSymbol(value, entry.getKey())
              : entry.getKey();
        }
      }
      throw new IllegalStateException("rank " + rank + " is beyond " + total);
    }

    /** Uniform within the bin; a bin between neighbouring integers gives its upper edge. */
    private double drawn(long rank, double within) {
      long left = rank;
      for (int bin = 0; bin < column.gridCounts().size(); bin++) {
        left -= column.gridCounts().get(bin);
        if (left < 0) {
          double low = bin == 0 ? column.min() : column.gridEdges().get(bin - 1);
          double high =
              bin == column.gridEdges().size() ? column.max() : column.gridEdges().get(bin);
          low = Math.max(low, column.min());
          return isWhole()
              ? high - Math.floor(within * (high - low))
              : high - within * (high - low);
        }
      }
      throw new IllegalStateException("rank " + rank + " is beyond " + total);
    }

    private boolean isWhole() {
      return column.valueType().isIntegral();
    }

    private Object number(double drawn) {
      return switch (value.getType()) {
        case FLOAT -> (float) drawn;
        case DOUBLE -> drawn;
        case INT -> (int) Math.rint(drawn);
        case LONG -> (long) Math.rint(drawn);
        case BOOLEAN -> drawn != 0;
        default -> throw new IllegalStateException("field " + field.name() + " is no number");
      };
    }
  }
}
