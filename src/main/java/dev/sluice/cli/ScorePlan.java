package dev.sluice.cli;

import dev.sluice.ExpectationCheck;
import dev.sluice.LayoutPlanner;
import dev.sluice.ProfileCheck;
import dev.sluice.cli.score.DataFile;
import dev.sluice.cli.score.FileSchema;
import dev.sluice.cli.score.InputRows;
import dev.sluice.cli.score.LocalScorer;
import dev.sluice.cli.score.ModelSchema;
import dev.sluice.cli.score.RecordEncoder;
import dev.sluice.cli.score.Split;
import dev.sluice.config.AnswerOptions;
import dev.sluice.config.EventTimeOptions;
import dev.sluice.config.OptionException;
import dev.sluice.decode.FeatureFields;
import dev.sluice.decode.RowDecoder;
import dev.sluice.infer.output.OutputCheck;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.TensorInfo;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import dev.sluice.validate.RecordValidator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * How a file is to be scored: its rows, as records of a schema, and the stages that take them.
 *
 * @param rows the caller's to close
 */
record ScorePlan(
    InputRows rows,
    Schema schema,
    FeatureLayout layout,
    String eventTimeField,
    DataProfile profile,
    ModelPackage model,
    AnswerOptions answers) {

  /**
   * Plans to score a file, which is closed with the rows, or at once where that fails.
   *
   * @param given the records' schema; null for the file's own if it is Avro, else the model's
   * @param answers what the model's inputs take, and what becomes of its outputs
   * @param stated what records are checked against; empty for types and shapes alone
   * @param eventTimeField empty for none
   * @param notes takes lines for a person
   * @throws IllegalArgumentException if file, schema, model and profile do not fit together
   */
  static ScorePlan of(
      ModelPackage model,
      DataFile file,
      Schema given,
      AnswerOptions answers,
      DataProfile stated,
      String eventTimeField,
      Consumer<String> notes)
      throws IOException {
    DataProfile profile = checked(stated, eventTimeField, notes);
    Map<String, List<String>> inputs = answers.inputs();
    RecordEncoder.Factory encoders = schema -> new RecordFormat(schema)::encode;
    try {
      FileSchema schema;
      if (given != null) {
        schema = FileSchema.given(given, inputs);
      } else if (file.format() == DataFile.Format.AVRO) {
        schema = FileSchema.own(file, inputs, notes);
      } else {
        if (!eventTimeField.isEmpty()) {
          throw new IllegalArgumentException(
              "--event-time-field is given without a schema that has the field, expected --schema");
        }
        schema = ModelSchema.of(model, inputs, answers.padding(), profile);
      }
      FeatureLayout layout = layout(model, schema, answers, profile, eventTimeField, notes);
      FileSchema read = given == null ? schema : schema.withShapes(shapes(model, layout));
      read = read.withEventTime(eventTimeField).taking(layout);
      InputRows rows = InputRows.open(file, read, Split.all(), encoders, notes);
      return new ScorePlan(rows, schema.schema(), layout, eventTimeField, profile, model, answers);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Leaves out, with a note, what is expected of an event time that is not read here. */
  private static DataProfile checked(
      DataProfile profile, String eventTimeField, Consumer<String> notes) {
    ExpectationCheck.eventTime(profile, "--event-time-field", eventTimeField)
        .problems()
        .forEach(line -> notes.accept("note: not checked: " + line));
    return profile.withoutExpectations(
        expectation -> ExpectationCheck.isOfOtherEventTime(expectation, eventTimeField));
  }

  private static FeatureLayout layout(
      ModelPackage model,
      FileSchema file,
      AnswerOptions answers,
      DataProfile profile,
      String eventTimeField,
      Consumer<String> notes) {
    List<String> problems = new ArrayList<>();
    Schema schema = file.schema();
    LayoutPlanner planner =
        new LayoutPlanner(schema, problems).inputs(model, file.inputs(), answers.padding());
    planner.profile(profile);
    if (!eventTimeField.isEmpty()) {
      try {
        FeatureFields.requireEventTime(schema, eventTimeField);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
    FeatureLayout layout = planner.layout();
    problems.addAll(OutputCheck.problems(answers.outputs(), model.signature()));
    problems.addAll(ProfileCheck.types(planner.columns(), profile));
    problems.addAll(ExpectationCheck.check(schema, planner.columns(), profile).problems());
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    planner.notes().forEach(notes);
    return layout;
  }

  /** Returns the shapes, as the model declares them, of fields that are an input each. */
  private static Map<String, List<Integer>> shapes(ModelPackage model, FeatureLayout layout) {
    Map<String, List<Integer>> shapes = new HashMap<>();
    for (InputTensor input : layout.inputs()) {
      if (input.columns().size() == 1) {
        TensorInfo declared =
            model.signature().inputs().stream()
                .filter(tensor -> tensor.name().equals(input.name()))
                .findFirst()
                .orElseThrow();
        shapes.putIfAbsent(
            layout.columns().get(input.columns().get(0)).name(),
            declared.rowShape().stream().map(Math::toIntExact).toList());
      }
    }
    return shapes;
  }

  /** Returns the stages, with the model loaded; the caller closes them. */
  LocalScorer scorer(int batchRows) {
    RecordValidator validator =
        RecordValidator.compile(
            layout, profile, eventTimeField, EventTimeOptions.MAX_AHEAD.defaultValue());
    return new LocalScorer(
        RowDecoder.compile(schema, layout, eventTimeField)::decode,
        layout,
        validator::check,
        model,
        answers,
        batchRows,
        System.currentTimeMillis());
  }
}
