package dev.sluice.decode;

import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Makes a reader of records of a writer's schema out of Avro's own plan of how they are read as
 * another ({@link Resolver}, Avro 1.12 specification, "Schema Resolution"): promotions, defaults,
 * the order of fields and the branches of unions are decided there, aliases and namespaces before
 * ({@link ReaderNames}). Two things are otherwise: null where the reader has none is a missing
 * value, and a decimal of another scale is refused, as the specification has it.
 */
final class DecoderCompiler {
  private static final GenericData DATA = new GenericData();

  private final FeatureLayout layout;
  private final String eventTimeField;
  private final boolean eventTimeAlone;
  private final ColumnCompiler columns;
  private final SkipReader.Made skipped = new SkipReader.Made();
  private List<String> problems = new ArrayList<>();

  private DecoderCompiler(FeatureLayout layout, String eventTimeField, boolean eventTimeAlone) {
    this.layout = layout;
    this.eventTimeField = eventTimeField;
    this.eventTimeAlone = eventTimeAlone;
    this.columns = new ColumnCompiler(layout, line -> problems.add(line));
  }

  /**
   * @param eventTimeField dotted path of the event time, empty for Kafka's timestamp
   * @param eventTimeAlone whether nothing behind the event time is read
   * @throws IncompatibleSchemaException if records of the writer cannot be read as the reader's, as
   *     far as the layout and the event time go
   */
  static FieldReader compile(
      Schema writer,
      Schema reader,
      FeatureLayout layout,
      String eventTimeField,
      boolean eventTimeAlone) {
    DecoderCompiler compiler = new DecoderCompiler(layout, eventTimeField, eventTimeAlone);
    Set<String> wanted = new HashSet<>();
    layout.columns().forEach(column -> wanted.add(column.name()));
    if (!eventTimeField.isEmpty()) {
      wanted.add(eventTimeField);
    }
    FieldReader compiled;
    try {
      compiled = compiler.compile(plan(writer, reader, wanted), "");
    } catch (AvroRuntimeException e) {
      throw new IncompatibleSchemaException(List.of(String.valueOf(e.getMessage())));
    }
    if (!compiler.problems.isEmpty()) {
      throw new IncompatibleSchemaException(compiler.problems);
    }
    return compiled;
  }

  /**
   * Plans how records are read. Names were looked at where the schemas were parsed, strictly or
   * not; Avro would look at those of every type that is made of them, did the thread not say
   * otherwise.
   */
  @SuppressWarnings("deprecation") // Avro has no other way to say so
  private static Resolver.Action plan(Schema writer, Schema reader, Set<String> wanted) {
    NameValidator before = Schema.getNameValidator();
    Schema.setNameValidator(NameValidator.NO_VALIDATION);
    try {
      Schema part = Unaliased.of(ReaderProjection.of(reader, wanted));
      return Resolver.resolve(ReaderNames.of(writer, reader, part), part, DATA);
    } finally {
      Schema.setNameValidator(before);
    }
  }

  private FieldReader compile(Resolver.Action action, String path) {
    if (action.writer.getType() == Schema.Type.NULL) {
      return skipped.of(action.writer); // what it holds stays missing
    }
    if (action instanceof Resolver.ReaderUnion union) {
      return compile(union.actualAction, path);
    }
    if (action instanceof Resolver.WriterUnion union) {
      return union(union, path);
    }
    if (action instanceof Resolver.ErrorAction error) {
      List<String> lines = ResolutionErrors.lines(error, path);
      problems.addAll(lines);
      return new RefusingReader(IncompatibleSchemaException.joined(lines));
    }
    int column = path.isEmpty() ? -1 : layout.indexOf(path);
    if (!path.isEmpty() && path.equals(eventTimeField)) {
      return eventTime(action, path, column);
    }
    if (column >= 0) {
      return columns.compile(action, column);
    }
    return action instanceof Resolver.RecordAdjust record
        ? record(record, path)
        : skipped.of(action.writer);
  }

  private FieldReader eventTime(Resolver.Action action, String path, int column) {
    try {
      return new EventTimeFieldReader(
          path,
          action.writer,
          action.reader,
          column,
          column < 0 ? -1 : layout.elementOffset(column));
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return new RefusingReader(e.getMessage());
    }
  }

  /** A branch that cannot be read refuses the records that chose it, none the whole schema. */
  private FieldReader union(Resolver.WriterUnion union, String path) {
    List<String> outer = problems;
    List<String> all = new ArrayList<>();
    boolean readable = false;
    FieldReader[] branches = new FieldReader[union.actions.length];
    int nullBranch = -1;
    for (int i = 0; i < branches.length; i++) {
      problems = new ArrayList<>();
      branches[i] = compile(union.actions[i], path);
      if (problems.isEmpty()) {
        readable = true;
      } else {
        branches[i] = new RefusingReader(IncompatibleSchemaException.joined(problems));
        all.addAll(problems);
      }
      nullBranch = union.actions[i].writer.getType() == Schema.Type.NULL ? i : nullBranch;
    }
    problems = outer;
    if (!readable) {
      problems.addAll(all);
    }
    boolean nullable = branches.length == 2 && nullBranch >= 0;
    return nullable && branches[1 - nullBranch] instanceof ColumnReader value
        ? value.orNull(nullBranch)
        : new BranchReader(branches);
  }

  private FieldReader record(Resolver.RecordAdjust record, String path) {
    List<FieldReader> fields = new ArrayList<>();
    boolean found = addDefaults(record, path, fields);
    List<Schema.Field> written = record.writer.getFields();
    for (int i = 0; i < written.size() && !(found && eventTimeAlone); i++) {
      Resolver.Action action = record.fieldActions[i];
      String child = FeatureFields.child(path, written.get(i).name());
      if (action instanceof Resolver.Skip) {
        fields.add(skipped.of(action.writer));
      } else {
        fields.add(compile(action, child));
        found = holdsEventTime(child);
      }
    }
    return SequenceReader.of(fields);
  }

  private boolean holdsEventTime(String path) {
    return eventTimeField.equals(path) || eventTimeField.startsWith(path + ".");
  }

  /** Adds a reader of what only the reader has; returns whether the event time is among it. */
  private boolean addDefaults(
      Resolver.RecordAdjust record, String path, List<FieldReader> readers) {
    boolean found = false;
    Defaults defaults = new Defaults(DATA);
    for (int i = record.firstDefault; i < record.readerOrder.length; i++) {
      Schema.Field field = record.readerOrder[i];
      String child = FeatureFields.child(path, field.name());
      found |= holdsEventTime(child);
      Object value = record.defaults[i - record.firstDefault];
      if (value != null) { // else it stays missing
        Resolver.Action same = Resolver.resolve(field.schema(), field.schema(), DATA);
        defaults.add(field, value, compile(same, child));
      }
    }
    if (!defaults.isEmpty()) {
      ConstantReader reader = defaults.reader();
      try {
        reader.read(new BinaryCursor(), new FeatureRow(layout));
      } catch (MalformedRecordException e) {
        problems.add(
            "default of a field of " + record.reader.getFullName() + ": " + e.getMessage());
      }
      readers.add(reader);
    }
    return found;
  }
}
