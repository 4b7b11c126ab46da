package dev.sluice.cli.score;

import dev.sluice.decode.EventTimeUnit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * What Avro leaves undone where it reads records as another schema than theirs: it takes numbers as
 * they are, whatever unit or scale they have. A decimal of another scale is refused, as the job
 * does. Times are converted, the event time alone or all of them.
 */
final class UnitResolution {
  private static final String MILLIS = LogicalTypes.timestampMillis().getName();

  private final Path file;
  private final boolean allTimes;
  private final Map<Resolver.Action, ValueChange> records = new IdentityHashMap<>();

  private UnitResolution(Path file, boolean allTimes) {
    this.file = file;
    this.allTimes = allTimes;
  }

  /**
   * Returns what becomes of records once Avro has read them.
   *
   * @param file names the file in a message
   * @param written the schema that they are written with
   * @param read the schema that they are read as
   * @param eventTimeField path of the field that holds the event time; empty for none
   * @param allTimes whether all times get the units of the schema that is read, or, as in the job,
   *     the event time alone
   * @return null where they stay as they are
   * @throws IllegalArgumentException if a decimal has another scale, or the event time is written
   *     as what holds none
   */
  static ValueChange of(
      Path file, Schema written, Schema read, String eventTimeField, boolean allTimes) {
    Resolver.Action action =
        Resolver.resolve(Schema.applyAliases(written, read), read, new GenericData());
    List<String> time =
        eventTimeField.isEmpty() ? null : Arrays.asList(eventTimeField.split("\\.", -1));
    return new UnitResolution(file, allTimes).change(action, "", time);
  }

  /**
   * @param path the value's own, empty for that of the record as a whole
   * @param time the path of the event time from here on; null where it is elsewhere
   */
  private ValueChange change(Resolver.Action action, String path, List<String> time) {
    if (action instanceof Resolver.ReaderUnion union) {
      return change(union.actualAction, path, time);
    }
    if (action instanceof Resolver.WriterUnion union) {
      return union(union, path, time);
    }
    if (action instanceof Resolver.RecordAdjust record) {
      return record(record, path, time);
    }
    if (action instanceof Resolver.Container container) {
      return container(container, path);
    }
    if (!isRead(action)) {
      return null; // reading says so
    }
    requireScale(action, path);
    return time(action, path, time != null && time.isEmpty());
  }

  private static boolean isRead(Resolver.Action action) {
    return !(action instanceof Resolver.ErrorAction) && action.writer.getType() != Schema.Type.NULL;
  }

  private ValueChange union(Resolver.WriterUnion union, String path, List<String> time) {
    Map<String, ValueChange> changes = new HashMap<>();
    for (Resolver.Action branch : union.actions) {
      Resolver.Action read =
          branch instanceof Resolver.ReaderUnion found ? found.actualAction : branch;
      ValueChange change = change(read, path, time);
      if (isRead(read)) {
        ValueChange own = change == null ? ValueChange.NONE : change;
        ValueChange other = changes.putIfAbsent(read.reader.getFullName(), own);
        if (other != null && !other.equals(own)) {
          throw refused(path, "of several units", "times of one");
        }
      }
    }
    changes.values().removeIf(ValueChange.NONE::equals);
    return changes.isEmpty() ? null : new ValueChange.Branches(changes);
  }

  private ValueChange record(Resolver.RecordAdjust record, String path, List<String> time) {
    if (time == null && records.containsKey(record)) {
      return records.get(record);
    }
    ValueChange.Fields fields = new ValueChange.Fields();
    if (time == null) {
      records.put(record, fields);
    }
    for (int i = 0; i < record.fieldActions.length; i++) {
      if (record.fieldActions[i] instanceof Resolver.Skip) {
        continue;
      }
      String name = record.writer.getFields().get(i).name();
      ValueChange change =
          change(
              record.fieldActions[i],
              path.isEmpty() ? name : path + "." + name,
              leadsTo(time, name) ? time.subList(1, time.size()) : null);
      if (change != null) {
        fields.add(record.reader.getField(name).pos(), change);
      }
    }
    return fields.isEmpty() ? null : fields;
  }

  private static boolean leadsTo(List<String> time, String name) {
    return time != null && !time.isEmpty() && time.get(0).equals(name);
  }

  private ValueChange container(Resolver.Container container, String path) {
    ValueChange inside = change(container.elementAction, path, null);
    if (inside == null) {
      return null;
    }
    return container.reader.getType() == Schema.Type.ARRAY
        ? new ValueChange.Items(inside)
        : new ValueChange.Entries(inside);
  }

  private void requireScale(Resolver.Action action, String path) {
    if (logicalType(action.writer) instanceof LogicalTypes.Decimal written
        && logicalType(action.reader) instanceof LogicalTypes.Decimal read
        && written.getScale() != read.getScale()) {
      throw refused(
          path,
          shown(action.writer),
          "scale %d, as of %s".formatted(read.getScale(), shown(action.reader)));
    }
  }

  private ValueChange time(Resolver.Action action, String path, boolean isEventTime) {
    String from = logicalName(action.writer);
    String to = logicalName(action.reader);
    if (allTimes) {
      return TimeChange.of(path, from, isEventTime ? unitOfEventTime(to) : to);
    }
    if (!isEventTime) {
      return null;
    }
    try {
      EventTimeUnit.of(path, action.reader);
    } catch (IllegalArgumentException e) {
      return null; // whoever named the field refuses it
    }
    try {
      EventTimeUnit.of(path, action.writer, action.reader);
    } catch (IllegalArgumentException e) { // it names an option of the job
      throw refused(
          path, shown(action.writer), "what holds an event time, as " + unitOfEventTime(to));
    }
    return TimeChange.of(path, from, unitOfEventTime(to));
  }

  private static String unitOfEventTime(String logicalType) {
    return logicalType.isEmpty() ? MILLIS : logicalType;
  }

  /** Where Avro renames a type after an alias, only its properties say what it is. */
  private static LogicalType logicalType(Schema schema) {
    LogicalType type = schema.getLogicalType();
    return type == null ? LogicalTypes.fromSchemaIgnoreInvalid(schema) : type;
  }

  private static String logicalName(Schema schema) {
    LogicalType type = logicalType(schema);
    return type == null ? "" : type.getName();
  }

  private static String shown(Schema schema) {
    if (logicalType(schema) instanceof LogicalTypes.Decimal decimal) {
      return "decimal(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale());
    }
    String logical = logicalName(schema);
    return logical.isEmpty() ? AvroValues.describe(schema) : logical;
  }

  private IllegalArgumentException refused(String path, String got, String expected) {
    return new IllegalArgumentException(
        "%s: field %s is %s, expected %s".formatted(file, path, got, expected));
  }
}
