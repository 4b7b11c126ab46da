package dev.sluice.cli.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;

/** What a schema says of the meaning of a field, by the newer or the older of its two ways. */
final class LogicalTypes {
  private LogicalTypes() {}

  /** Returns the meaning, or null where there is none that is known. */
  static LogicalTypeAnnotation of(SchemaElement element) {
    if (element.isSetLogicalType()) {
      LogicalTypeAnnotation known = of(element.getLogicalType());
      if (known != null) {
        return known;
      }
    }
    return element.isSetConverted_type() && element.getConverted_type() != null
        ? of(element.getConverted_type(), element)
        : null;
  }

  /** The older way, of files before 2018. */
  private static LogicalTypeAnnotation of(ConvertedType type, SchemaElement element) {
    return switch (type) {
      case UTF8 -> LogicalTypeAnnotation.stringType();
      case LIST -> LogicalTypeAnnotation.listType();
      case MAP, MAP_KEY_VALUE -> LogicalTypeAnnotation.mapType();
      case ENUM -> LogicalTypeAnnotation.enumType();
      case JSON -> LogicalTypeAnnotation.jsonType();
      case DATE -> LogicalTypeAnnotation.dateType();
      case DECIMAL -> LogicalTypeAnnotation.decimalType(element.getScale(), element.getPrecision());
      case TIME_MILLIS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS);
      case TIME_MICROS -> LogicalTypeAnnotation.timeType(true, TimeUnit.MICROS);
      case TIMESTAMP_MILLIS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS);
      case TIMESTAMP_MICROS -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
      case INT_8 -> LogicalTypeAnnotation.intType(8, true);
      case INT_16 -> LogicalTypeAnnotation.intType(16, true);
      case INT_32 -> LogicalTypeAnnotation.intType(32, true);
      case INT_64 -> LogicalTypeAnnotation.intType(64, true);
      case UINT_8 -> LogicalTypeAnnotation.intType(8, false);
      case UINT_16 -> LogicalTypeAnnotation.intType(16, false);
      case UINT_32 -> LogicalTypeAnnotation.intType(32, false);
      case UINT_64 -> LogicalTypeAnnotation.intType(64, false);
      case BSON, INTERVAL -> null;
    };
  }

  private static LogicalTypeAnnotation of(LogicalType type) {
    if (type.isSetSTRING()) {
      return LogicalTypeAnnotation.stringType();
    }
    if (type.isSetLIST()) {
      return LogicalTypeAnnotation.listType();
    }
    if (type.isSetMAP()) {
      return LogicalTypeAnnotation.mapType();
    }
    if (type.isSetENUM()) {
      return LogicalTypeAnnotation.enumType();
    }
    if (type.isSetJSON()) {
      return LogicalTypeAnnotation.jsonType();
    }
    if (type.isSetUUID()) {
      return LogicalTypeAnnotation.uuidType();
    }
    if (type.isSetFLOAT16()) {
      return LogicalTypeAnnotation.float16Type();
    }
    if (type.isSetDATE()) {
      return LogicalTypeAnnotation.dateType();
    }
    if (type.isSetDECIMAL()) {
      return LogicalTypeAnnotation.decimalType(
          type.getDECIMAL().getScale(), type.getDECIMAL().getPrecision());
    }
    if (type.isSetINTEGER()) {
      return LogicalTypeAnnotation.intType(
          type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
    }
    if (type.isSetTIME()) {
      return LogicalTypeAnnotation.timeType(
          type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
    }
    if (type.isSetTIMESTAMP()) {
      return LogicalTypeAnnotation.timestampType(
          type.getTIMESTAMP().isIsAdjustedToUTC(), unit(type.getTIMESTAMP().getUnit()));
    }
    return null; // the others are bytes that are no feature
  }

  private static TimeUnit unit(org.apache.parquet.format.TimeUnit unit) {
    if (unit.isSetMILLIS()) {
      return TimeUnit.MILLIS;
    }
    return unit.isSetMICROS() ? TimeUnit.MICROS : TimeUnit.NANOS;
  }
}
