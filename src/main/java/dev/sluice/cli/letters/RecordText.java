package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Records of any schema for a person: one line per field that says something, one more per record
 * in it. Of what is long, the beginning is shown, and how much there is; no field takes more than
 * some thousand characters.
 */
final class RecordText {
  /** So many numbers, texts or small records of an array are shown, on one line. */
  private static final int MAX_ITEMS = 8;

  /** So many records of an array are shown, on lines of their own. */
  private static final int MAX_RECORDS = 10;

  /** The longest text shown, in characters. */
  private static final int MAX_TEXT = 200;

  /** A record with no more fields than this fits among others on one line. */
  private static final int FEW_FIELDS = 3;

  /** A record with no more fields than this fits on one line. */
  private static final int SEVERAL_FIELDS = 12;

  private static final int NAME_WIDTH = 20;

  private static final int SHORT_SHA = 12;

  private final List<String> lines = new ArrayList<>();
  private final Function<GenericRecord, Optional<String>> lineOf;

  private RecordText(Function<GenericRecord, Optional<String>> lineOf) {
    this.lineOf = lineOf;
  }

  /**
   * Returns the lines of a record.
   *
   * @param lineOf returns one line for a record within it, if it has a better one
   */
  static List<String> of(GenericRecord record, Function<GenericRecord, Optional<String>> lineOf) {
    RecordText text = new RecordText(lineOf);
    text.fields("  ", record);
    return text.lines;
  }

  private void fields(String indent, GenericRecord record) {
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (isNothing(value)) {
        continue;
      }
      String start = ("%s%-" + NAME_WIDTH + "s").formatted(indent, field.name());
      if (value instanceof Collection<?> items && areLarge(items)) {
        lines.add(start + items.size());
        records(indent + "  ", items);
      } else if (field.name().endsWith("Sha256")) {
        lines.add(start + Shown.text(value, SHORT_SHA).replaceFirst("\\.\\.\\. .*", "..."));
      } else {
        lines.add(start + value(field.schema(), value));
      }
    }
  }

  private static boolean isNothing(Object value) {
    return value == null
        || value instanceof CharSequence text && text.isEmpty()
        || value instanceof Collection<?> items && items.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty();
  }

  private static boolean areLarge(Collection<?> items) {
    return !items.isEmpty()
        && items.iterator().next() instanceof GenericRecord first
        && first.getSchema().getFields().size() > FEW_FIELDS;
  }

  private void records(String indent, Collection<?> items) {
    items.stream().limit(MAX_RECORDS).forEach(item -> record(indent, (GenericRecord) item));
    if (items.size() > MAX_RECORDS) {
      lines.add(indent + "... " + (items.size() - MAX_RECORDS) + " more; --json has them all");
    }
  }

  private void record(String indent, GenericRecord record) {
    Optional<String> line = lineOf.apply(record);
    if (line.isPresent()) {
      lines.add(indent + line.get());
    } else if (record.getSchema().getFields().size() > SEVERAL_FIELDS) {
      fields(indent, record);
    } else {
      lines.add(indent + inline(record));
    }
  }

  /** Returns a value on one line. */
  static String value(Schema schema, Object value) {
    if (value == null) {
      return "null";
    } else if (value instanceof GenericRecord record) {
      return inline(record);
    } else if (value instanceof Collection<?> items) {
      return items.isEmpty() ? "none" : items.size() + ": " + items(items);
    } else if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "none" : map.size() + ": " + items(entries(map));
    } else if (value instanceof ByteBuffer bytes) {
      return ShownBytes.of(AvroJson.bytes(bytes));
    } else if (value instanceof Long millis && isTime(schema)) {
      return Instant.ofEpochMilli(millis).toString();
    }
    return value.toString().isEmpty() ? "empty" : Shown.text(value, MAX_TEXT);
  }

  /** Returns the first of several values on one line. */
  static String items(Collection<?> items) {
    String first =
        items.stream().limit(MAX_ITEMS).map(RecordText::item).collect(Collectors.joining(", "));
    return items.size() <= MAX_ITEMS ? first : first + ", ...";
  }

  private static String item(Object item) {
    return item instanceof GenericRecord record ? "(" + inline(record) + ")" : value(null, item);
  }

  private static List<String> entries(Map<?, ?> map) {
    return map.entrySet().stream()
        .limit(MAX_ITEMS + 1L)
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .toList();
  }

  private static String inline(GenericRecord record) {
    return record.getSchema().getFields().stream()
        .map(field -> field.name() + " " + value(field.schema(), record.get(field.pos())))
        .collect(Collectors.joining(", "));
  }

  /** Returns a shape such as 2x3. */
  static String shape(List<?> shape) {
    return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }

  private static boolean isTime(Schema schema) {
    if (schema == null) {
      return false;
    }
    if (schema.isUnion()) {
      return schema.getTypes().stream().anyMatch(RecordText::isTime);
    }
    return "timestamp-millis".equals(schema.getProp("logicalType"));
  }
}
