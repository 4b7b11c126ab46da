package dev.sluice.cli.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.record.Float16;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** One value of a column → the JSON value that it means. */
final class LeafDecoder {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  /** Day 0 of the epoch in the count that the old timestamps of 12 bytes use. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private final PrimitiveTypeName type;
  private final LogicalTypeAnnotation meaning;
  private final TimeScale scale;

  private LeafDecoder(PrimitiveTypeName type, LogicalTypeAnnotation meaning, TimeScale scale) {
    this.type = type;
    this.meaning = meaning;
    this.scale = scale;
  }

  /**
   * @param wanted what it is to become, for the unit of a time; null where nothing is known
   */
  static LeafDecoder of(PrimitiveType type, Schema wanted) {
    return new LeafDecoder(
        type.getPrimitiveTypeName(),
        type.getLogicalTypeAnnotation(),
        TimeScale.of(type, AvroTarget.value(wanted)));
  }

  JsonNode of(Dictionary dictionary, int id) {
    return switch (type) {
      case INT32 -> of(dictionary.decodeToInt(id));
      case INT64 -> of(dictionary.decodeToLong(id));
      case FLOAT -> of(dictionary.decodeToFloat(id));
      case DOUBLE -> of(dictionary.decodeToDouble(id));
      case BOOLEAN -> of(dictionary.decodeToBoolean(id));
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> of(dictionary.decodeToBinary(id));
    };
  }

  JsonNode of(boolean value) {
    return BooleanNode.valueOf(value);
  }

  JsonNode of(int value) {
    if (meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
      return LongNode.valueOf(Integer.toUnsignedLong(value));
    }
    if (meaning == null || scale == null && meaning instanceof IntLogicalTypeAnnotation) {
      return IntNode.valueOf(value);
    }
    return ofLong(value);
  }

  JsonNode of(long value) {
    boolean unsigned = meaning instanceof IntLogicalTypeAnnotation type && !type.isSigned();
    return unsigned && value < 0
        ? BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(value)))
        : ofLong(value);
  }

  private JsonNode ofLong(long value) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return DecimalNode.valueOf(BigDecimal.valueOf(value, decimal.getScale()));
    }
    return scale == null ? LongNode.valueOf(value) : scale.of(value);
  }

  JsonNode of(float value) {
    return Float.isInfinite(value) ? infinite(value > 0) : FloatNode.valueOf(value);
  }

  JsonNode of(double value) {
    return Double.isInfinite(value) ? infinite(value > 0) : DoubleNode.valueOf(value);
  }

  /** JSON has no word for it but this text. */
  private static JsonNode infinite(boolean positive) {
    return TextNode.valueOf(positive ? "Infinity" : "-Infinity");
  }

  JsonNode of(Binary value) {
    if (type == PrimitiveTypeName.INT96) {
      return julian(value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      byte[] bytes = value.getBytes();
      return DecimalNode.valueOf(
          new BigDecimal(
              bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes), decimal.getScale()));
    }
    if (meaning instanceof Float16LogicalTypeAnnotation) {
      ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
      return of(Float16.toFloat(bytes.getShort()));
    }
    if (meaning instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer bytes = value.toByteBuffer();
      return TextNode.valueOf(new UUID(bytes.getLong(), bytes.getLong()).toString());
    }
    return type == PrimitiveTypeName.BINARY ? text(value) : BinaryNode.valueOf(value.getBytes());
  }

  private static JsonNode text(Binary value) {
    try {
      return TextNode.valueOf(
          StandardCharsets.UTF_8.newDecoder().decode(value.toByteBuffer()).toString());
    } catch (CharacterCodingException e) {
      return BinaryNode.valueOf(value.getBytes());
    }
  }

  /** Nanoseconds of the day and the day, as Spark and Impala wrote timestamps once. */
  private JsonNode julian(ByteBuffer bytes) {
    long nanos = bytes.getLong();
    BigInteger day = BigInteger.valueOf(Integer.toUnsignedLong(bytes.getInt()) - JULIAN_EPOCH);
    BigInteger since =
        day.multiply(BigInteger.valueOf(NANOS_PER_DAY)).add(BigInteger.valueOf(nanos));
    return scale.of(since);
  }
}
