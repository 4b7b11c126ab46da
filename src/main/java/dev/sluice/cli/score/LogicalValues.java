package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Event times, dates and decimals → the values that Avro writes for them. */
final class LogicalValues {
  private static final Conversions.DecimalConversion DECIMAL = new Conversions.DecimalConversion();

  private LogicalValues() {}

  /**
   * Returns a time in the unit of its logical type, since the epoch.
   *
   * @param text ISO 8601: an instant with an offset or Z, or a date
   * @return null where the text, or the schema, is none
   */
  static Long time(String text, Schema schema) {
    try {
      return switch (schema.getLogicalType().getName()) {
        case "timestamp-millis" -> IsoTimes.parse(text).toEpochMilli();
        case "timestamp-micros" -> ChronoUnit.MICROS.between(Instant.EPOCH, IsoTimes.parse(text));
        case "timestamp-nanos" -> ChronoUnit.NANOS.between(Instant.EPOCH, IsoTimes.parse(text));
        case "date" -> LocalDate.parse(text).toEpochDay();
        default -> null;
      };
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /**
   * Returns a number as bytes or fixed.
   *
   * @return null where it has too many digits or is not finite, or the schema is no decimal
   */
  static Object decimal(JsonNode value, Schema schema) {
    if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal type) || !isFinite(value)) {
      return null;
    }
    try {
      BigDecimal number = value.decimalValue();
      if (!fits(number, type)) {
        return null;
      }
      number = number.setScale(type.getScale());
      return schema.getType() == Schema.Type.FIXED
          ? DECIMAL.toFixed(number, schema, type)
          : DECIMAL.toBytes(number, schema, type);
    } catch (ArithmeticException | AvroRuntimeException e) {
      return null;
    }
  }

  private static boolean isFinite(JsonNode value) {
    boolean binary = value.isFloat() || value.isDouble();
    return value.isNumber() && !(binary && !Double.isFinite(value.doubleValue()));
  }

  /** Looked at before a number is written out: 1e999999999 would have as many digits. */
  private static boolean fits(BigDecimal number, LogicalTypes.Decimal type) {
    if (number.signum() == 0) {
      return true; // it has a digit before the point, but no decimal lacks it
    }
    BigDecimal shortest = number.stripTrailingZeros();
    long whole = (long) shortest.precision() - shortest.scale();
    return shortest.scale() <= type.getScale()
        && whole <= (long) type.getPrecision() - type.getScale();
  }
}
