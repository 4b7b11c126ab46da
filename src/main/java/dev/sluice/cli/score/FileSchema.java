package dev.sluice.cli.score;

import static java.util.Objects.requireNonNull;

import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * What the rows of a file are read as.
 *
 * @param schema the schema of the records made of them
 * @param fields the schema's fields, in its order, without the one that is set later
 * @param inputs fields of the schema by model input, for inputs that take others than that of their
 *     own name
 * @param eventTimeField path of the field that holds the event time; empty for none
 * @param setLater what records get no value of here, whatever the file has; empty for nothing
 * @param spreads whether a file may have its only array, an element per column, under any names
 * @param convertsTimes whether all times of an Avro file get the units of the schema, or, as in the
 *     job, the event time alone
 * @param taken the fields that are taken of the records beside the event time: in others, decimals
 *     of an Avro file may have any scale
 */
public record FileSchema(
    Schema schema,
    List<FileField> fields,
    Map<String, List<String>> inputs,
    String eventTimeField,
    Optional<FileField> setLater,
    boolean spreads,
    boolean convertsTimes,
    TakenFields taken) {
  public FileSchema {
    requireNonNull(schema, "schema is null");
    requireNonNull(eventTimeField, "eventTimeField is null");
    requireNonNull(setLater, "setLater is null");
    requireNonNull(taken, "taken is null");
    fields = List.copyOf(fields);
    inputs = Map.copyOf(inputs);
  }

  FileSchema(Schema schema, List<FileField> fields, Map<String, List<String>> inputs) {
    this(schema, fields, inputs, "", Optional.empty(), true, false, TakenFields.ALL);
  }

  /** Returns a schema as it was given: names in the file are those of its fields. */
  public static FileSchema given(Schema schema, Map<String, List<String>> inputs) {
    List<FileField> fields =
        schema.getFields().stream()
            .map(
                field ->
                    new FileField(field.name(), field, List.of(), !field.schema().isNullable()))
            .toList();
    return new FileSchema(
        schema, fields, inputs, "", Optional.empty(), false, false, TakenFields.ALL);
  }

  /** Returns the same, with a field that holds the event time. */
  public FileSchema withEventTime(String path) {
    return new FileSchema(schema, fields, inputs, path, setLater, spreads, convertsTimes, taken);
  }

  /** Returns the same, where all times of an Avro file get the units of the schema. */
  public FileSchema convertingTimes() {
    return new FileSchema(schema, fields, inputs, eventTimeField, setLater, spreads, true, taken);
  }

  /**
   * Returns the same, of which only the columns of a layout are taken, and whose rows may name its
   * inputs in place of their fields.
   */
  public FileSchema taking(FeatureLayout layout) {
    TakenFields columns = TakenFields.of(layout);
    Map<String, List<String>> filled = new HashMap<>(inputs);
    for (InputTensor input : layout.inputs()) {
      filled.put(
          input.name(), input.columns().stream().map(i -> layout.columns().get(i).name()).toList());
    }
    return new FileSchema(
        schema, fields, filled, eventTimeField, setLater, spreads, convertsTimes, columns);
  }

  /**
   * Returns the same, with a field that is set once a record is read: the file need not have it.
   */
  public FileSchema settingLater(String name) {
    List<FileField> others = new ArrayList<>(fields);
    Optional<FileField> later =
        fields.stream().filter(field -> field.field().name().equals(name)).findFirst();
    later.ifPresent(others::remove);
    return new FileSchema(
        schema, others, inputs, eventTimeField, later, spreads, convertsTimes, taken);
  }

  /**
   * Returns the same, where arrays may be given nested as a model's inputs have them. Those that
   * the schema nests itself are as it says.
   *
   * @param shapes dimensions by field, {@link FileField#ANY} for one of any length
   */
  public FileSchema withShapes(Map<String, List<Integer>> shapes) {
    List<FileField> shaped =
        fields.stream()
            .map(
                field ->
                    field.isFlatArray() && shapes.containsKey(field.field().name())
                        ? field.withShape(shapes.get(field.field().name()))
                        : field)
            .toList();
    return new FileSchema(
        schema, shaped, inputs, eventTimeField, setLater, spreads, convertsTimes, taken);
  }

  /**
   * Returns the same, with fields that the file calls otherwise.
   *
   * @param columns names in the file by those that fields have here
   */
  FileSchema called(Map<String, String> columns) {
    List<FileField> named =
        fields.stream()
            .map(field -> field.called(columns.getOrDefault(field.name(), field.name())))
            .toList();
    return new FileSchema(
        schema, named, inputs, eventTimeField, setLater, spreads, convertsTimes, taken);
  }

  /** Returns the names of the fields in the file, that of what is set later among them. */
  Set<String> names() {
    return Stream.concat(fields.stream(), setLater.stream())
        .map(FileField::name)
        .collect(Collectors.toSet());
  }

  /**
   * Returns the schema that Avro reads records as: that of the records, but with a null of another
   * name in place of what is set later.
   */
  Schema resolved() {
    if (setLater.isEmpty()) {
      return schema;
    }
    String name = setLater.get().field().name() + "_set_later";
    while (schema.getField(name) != null) {
      name += "_";
    }
    List<Schema.Field> read = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      read.add(
          field.pos() == setLater.get().field().pos()
              ? new Schema.Field(
                  name, Schema.create(Schema.Type.NULL), null, Schema.Field.NULL_DEFAULT_VALUE)
              : new Schema.Field(field, field.schema()));
    }
    Schema record = Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, read);
    schema.getAliases().forEach(record::addAlias);
    return record;
  }

  /** Returns the types of fields by their names in the file, with the unit of the event time. */
  Map<String, Schema> wanted() {
    List<String> time = Arrays.asList(eventTimeField.split("\\.", -1));
    Map<String, Schema> types = new HashMap<>();
    for (FileField field : fields) {
      Schema type = field.field().schema();
      boolean isTime = field.field().name().equals(time.get(0));
      types.put(
          field.name(),
          isTime ? PlainEventTime.inMillis(type, time.subList(1, time.size())) : type);
    }
    return types;
  }

  /**
   * Returns the schema that a file carries itself.
   *
   * @param notes takes a line for a person about what it leaves out
   * @throws IllegalArgumentException if it carries none, or cannot be read
   */
  public static FileSchema own(
      DataFile file, Map<String, List<String>> inputs, Consumer<String> notes) throws IOException {
    return switch (file.format()) {
      case AVRO -> given(AvroRows.schemaOf(file), inputs);
      case PARQUET -> ParquetSchema.of(file, inputs, notes);
      case CSV, JSON_LINES ->
          throw new IllegalArgumentException(
              "--schema is not given, and %s is %s, which carries none, expected --schema"
                  .formatted(file.path(), file.format()));
    };
  }

  /**
   * Returns the one field there is if it is an array that may be spread over columns, else null.
   */
  FileField onlyArray() {
    boolean only = spreads && fields.size() == 1 && !fields.get(0).shape().isEmpty();
    return only ? fields.get(0) : null;
  }
}
