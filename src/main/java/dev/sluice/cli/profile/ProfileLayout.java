package dev.sluice.cli.profile;

import dev.sluice.LayoutPlanner;
import dev.sluice.config.AnswerOptions;
import dev.sluice.config.OptionException;
import dev.sluice.decode.FeatureFields;
import dev.sluice.infer.output.OutputCheck;
import dev.sluice.model.ModelPackage;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Which columns a profile has. */
final class ProfileLayout {
  private ProfileLayout() {}

  /**
   * Returns the columns for a model: what its inputs take, and all single values.
   *
   * @param eventTimeField not profiled; empty for none
   * @param notes takes lines for a person
   * @throws OptionException with all that does not fit together
   */
  static FeatureLayout of(
      Schema schema,
      ModelPackage model,
      AnswerOptions answers,
      String eventTimeField,
      Consumer<String> notes) {
    List<String> problems = new ArrayList<>();
    LayoutPlanner planner =
        new LayoutPlanner(schema, problems).inputs(model, answers.inputs(), answers.padding());
    problems.addAll(OutputCheck.problems(answers.outputs(), model.signature()));
    checkEventTime(schema, eventTimeField, problems);
    for (String field : FeatureFields.scalars(schema)) {
      if (!field.equals(eventTimeField)) {
        planner.field(field, "profile");
      }
    }
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    planner.notes().forEach(notes);
    return planner.layout();
  }

  /**
   * Returns the columns without a model: all single values and arrays of them, in the schema's
   * order, single values first.
   *
   * @param arrays how many elements each array field has: always as many, or up to the most
   * @param eventTimeField not profiled; empty for none
   * @throws OptionException if there is nothing to profile, or the event time cannot be read
   */
  static FeatureLayout of(Schema schema, Map<String, ArrayLengths> arrays, String eventTimeField) {
    List<String> problems = new ArrayList<>();
    checkEventTime(schema, eventTimeField, problems);
    List<FeatureColumn> columns = new ArrayList<>();
    for (String field : FeatureFields.scalars(schema)) {
      if (!field.equals(eventTimeField)) {
        columns.add(FeatureFields.column(schema, field, 1));
      }
    }
    arrays.forEach(
        (field, lengths) ->
            columns.add(
                lengths.areFixed()
                    ? FeatureFields.column(schema, field, lengths.most())
                    : array(schema, field, lengths.most())));
    if (columns.isEmpty() && problems.isEmpty()) {
      problems.add(
          "schema " + schema.getFullName() + " has no field that can be profiled, expected some");
    }
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    return new FeatureLayout(columns, List.of());
  }

  /** Returns a note per field of arrays in arrays, which has no column without a model. */
  static List<String> leftOut(Schema schema) {
    return FeatureFields.nestedArrays(schema).stream()
        .map(
            "note: field %s is not profiled: its arrays are nested, and no model says how many elements they have"
                ::formatted)
        .toList();
  }

  /** Returns a note per array that gets no column per element, since its size may vary. */
  static List<String> pooled(FeatureLayout layout) {
    return layout.columns().stream()
        .filter(FeatureColumn::isPadded)
        .map(
            column ->
                "--per-element: the elements of %s stay in one column: its arrays are not all of one size"
                    .formatted(column.name()))
        .toList();
  }

  /**
   * Checks that a field can hold the event time.
   *
   * @param eventTimeField empty for none
   * @throws OptionException if there is no such field, or it is of another type
   */
  static void checkEventTime(Schema schema, String eventTimeField) {
    List<String> problems = new ArrayList<>();
    checkEventTime(schema, eventTimeField, problems);
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
  }

  private static FeatureColumn array(Schema schema, String field, int length) {
    List<Integer> shape = List.of(length);
    ElementType type = FeatureFields.column(schema, field, shape, Padding.NONE).type();
    String filler = type == ElementType.STRING ? "" : type == ElementType.BOOL ? "false" : "0";
    return FeatureFields.column(schema, field, shape, new Padding(0, 1, filler));
  }

  private static void checkEventTime(Schema schema, String eventTimeField, List<String> problems) {
    if (eventTimeField.isEmpty()) {
      return;
    }
    try {
      FeatureFields.requireEventTime(schema, eventTimeField);
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
  }
}
