package dev.sluice.cli.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.math.BigInteger;
import org.apache.avro.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * The unit of a column's times → that of the field they go to, rounded down: 1999 µs are 1 ms. A
 * timestamp without a zone is taken as UTC.
 *
 * @param from nanoseconds of the column's unit
 * @param to nanoseconds of the field's unit
 */
record TimeScale(BigInteger from, BigInteger to) {
  private static final long DAY = 86_400_000_000_000L;

  /**
   * Returns the scale, or null where the column holds no time.
   *
   * @param wanted the field, null where nothing is known; one without a logical type has the
   *     column's unit, since nobody says another: of an event time, whoever wants it adds the type
   */
  static TimeScale of(PrimitiveType type, Schema wanted) {
    long from = nanos(type);
    if (from == 0) {
      return null;
    }
    long to = wanted == null || wanted.getLogicalType() == null ? from : nanos(wanted);
    return new TimeScale(BigInteger.valueOf(from), BigInteger.valueOf(to == 0 ? from : to));
  }

  /** Returns how many nanoseconds one step of a column is, 0 where it holds no time. */
  static long nanos(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      return 1;
    }
    if (meaning instanceof DateLogicalTypeAnnotation) {
      return DAY;
    }
    if (meaning instanceof TimestampLogicalTypeAnnotation timestamp) {
      return nanos(timestamp.getUnit());
    }
    return meaning instanceof TimeLogicalTypeAnnotation time ? nanos(time.getUnit()) : 0;
  }

  private static long nanos(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000_000;
      case MICROS -> 1_000;
      case NANOS -> 1;
    };
  }

  private static long nanos(Schema field) {
    String name = field.getLogicalType().getName();
    if (name.equals("date")) {
      return DAY;
    }
    if (name.endsWith("-millis")) {
      return 1_000_000;
    }
    if (name.endsWith("-micros")) {
      return 1_000;
    }
    return name.endsWith("-nanos") ? 1 : 0;
  }

  JsonNode of(long value) {
    return from.equals(to) ? LongNode.valueOf(value) : of(BigInteger.valueOf(value).multiply(from));
  }

  /** Returns a time; one beyond a long stays as it is, and is refused by whoever takes it. */
  JsonNode of(BigInteger nanos) {
    BigInteger[] parts = nanos.divideAndRemainder(to);
    BigInteger value = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }
}
