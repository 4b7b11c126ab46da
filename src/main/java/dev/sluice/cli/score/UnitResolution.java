package dev.sluice.cli.score;

import dev.sluice.decode.EventTimeUnit;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
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
 * does: not in a field that is not taken, and of a union's branch only in the records that chose
 * it. Times are converted, the event time alone or all of them.
 */
final class UnitResolution {
  private static final String MILLIS = LogicalTypes.timestampMillis().getName();

  private final boolean allTimes;
  private final TakenFields taken;
  private final Map<Resolver.Action, ValueChange> records = new IdentityHashMap<>();

  private UnitResolution(FileSchema wanted) {
    this.allTimes = wanted.convertsTimes();
    this.taken = wanted.taken().with(wanted.eventTimeField());
  }

  /**
   * Returns what becomes of records once Avro has read them.
   *
   * @param file names the file in a message
   * @param written the schema that they are written with
   * @param read the schema that they are read as
   * @param wanted says which fields are taken of them, and which of these are times
   * @return null where they stay as they are
   * @throws IllegalArgumentException if a decimal that is taken has another scale, or the event
   *     time is written as what holds none, and no record can be without it
   */
  static ValueChange of(Path file, Schema written, Schema read, FileSchema wanted) {
    Resolver.Action action =
        Resolver.resolve(Schema.applyAliases(written, read), read, new GenericData());
    String eventTime = wanted.eventTimeField();
    List<String> time = eventTime.isEmpty() ? null : Arrays.asList(eventTime.split("\\.", -1));
    try {
      return new UnitResolution(wanted).change(action, "", time);
    } catch (MalformedRowException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * @param path the value's own, empty for that of the record as a whole
   * @param time the path of the event time from here on; null where it is elsewhere
   * @throws MalformedRowException if no such value can be read as is meant
   */
  private ValueChange change(Resolver.Action action, String path, List<String> time)
      throws MalformedRowException {
    if (!taken.leadsThrough(path)) {
      return null;
    }
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
    if (!isRead(action) || !taken.has(path)) {
      return null; // reading says so, or nobody asks
    }
    requireScale(action, path);
    return time(action, path, time != null && time.isEmpty());
  }

  private static boolean isRead(Resolver.Action action) {
    return !(action instanceof Resolver.ErrorAction) && action.writer.getType() != Schema.Type.NULL;
  }

  private ValueChange union(Resolver.WriterUnion union, String path, List<String> time)
      throws MalformedRowException {
    Map<String, ValueChange> changes = new HashMap<>();
    boolean readable = false;
    for (Resolver.Action branch : union.actions) {
      Resolver.Action read =
          branch instanceof Resolver.ReaderUnion found ? found.actualAction : branch;
      ValueChange own = branch(read, path, time);
      readable |= !(read instanceof Resolver.ErrorAction || own instanceof ValueChange.Refusal);
      if (isRead(read)) {
        ValueChange other = changes.putIfAbsent(read.reader.getFullName(), own);
        requireOne(path, own, other == null ? own : other);
      }
    }
    if (!readable) {
      requireNoRefusal(changes.values());
    }
    changes.values().removeIf(ValueChange.NONE::equals);
    return changes.isEmpty() ? null : new ValueChange.Branches(changes);
  }

  /** A branch that cannot be read as is meant refuses the records that chose it, and no others. */
  private ValueChange branch(Resolver.Action branch, String path, List<String> time) {
    try {
      ValueChange change = change(branch, path, time);
      return change == null ? ValueChange.NONE : change;
    } catch (MalformedRowException e) {
      return new ValueChange.Refusal(e.getMessage());
    }
  }

  /** What was read does not tell which of two branches was chosen that are read as one. */
  private static void requireOne(String path, ValueChange one, ValueChange other)
      throws MalformedRowException {
    if (!one.equals(other)) {
      requireNoRefusal(List.of(one, other));
      throw refused(path, "of several units", "times of one");
    }
  }

  private static void requireNoRefusal(Collection<ValueChange> changes)
      throws MalformedRowException {
    for (ValueChange change : changes) {
      if (change instanceof ValueChange.Refusal refusal) {
        throw new MalformedRowException(refusal.message());
      }
    }
  }

  private ValueChange record(Resolver.RecordAdjust record, String path, List<String> time)
      throws MalformedRowException {
    boolean anywhere = time == null && taken.has(path); // the same wherever such a record is
    if (anywhere && records.containsKey(record)) {
      return records.get(record);
    }
    ValueChange.Fields fields = new ValueChange.Fields();
    if (anywhere) {
      records.put(record, fields);
    }
    try {
      addFields(fields, record, path, time);
    } catch (MalformedRowException e) {
      fields.refuse(e.getMessage());
      records.remove(record);
      throw e;
    }
    return fields.isEmpty() ? null : fields;
  }

  private void addFields(
      ValueChange.Fields fields, Resolver.RecordAdjust record, String path, List<String> time)
      throws MalformedRowException {
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
  }

  private static boolean leadsTo(List<String> time, String name) {
    return time != null && !time.isEmpty() && time.get(0).equals(name);
  }

  private ValueChange container(Resolver.Container container, String path)
      throws MalformedRowException {
    ValueChange inside = change(container.elementAction, path, null);
    if (inside == null) {
      return null;
    }
    return container.reader.getType() == Schema.Type.ARRAY
        ? new ValueChange.Items(inside)
        : new ValueChange.Entries(inside);
  }

  private static void requireScale(Resolver.Action action, String path)
      throws MalformedRowException {
    if (logicalType(action.writer) instanceof LogicalTypes.Decimal written
        && logicalType(action.reader) instanceof LogicalTypes.Decimal read
        && written.getScale() != read.getScale()) {
      throw refused(
          path,
          shown(action.writer),
          "scale %d, as of %s".formatted(read.getScale(), shown(action.reader)));
    }
  }

  private ValueChange time(Resolver.Action action, String path, boolean isEventTime)
      throws MalformedRowException {
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

  private static MalformedRowException refused(String path, String got, String expected) {
    return new MalformedRowException("field %s is %s, expected %s".formatted(path, got, expected));
  }
}
