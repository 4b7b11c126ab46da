package dev.sluice.validate;

import dev.sluice.expect.Expectation;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Padding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns with expectations, and rows of them: what the validators are tested with. */
final class Columns {
  static final long KAFKA_TIMESTAMP = 1_700_000_000_000L;

  private final List<FeatureColumn> columns = new ArrayList<>();
  private final List<InputTensor> inputs = new ArrayList<>();
  private final List<ColumnProfile> profiles = new ArrayList<>();
  private final List<Expectation> expectations = new ArrayList<>();

  Columns with(String name, ElementType type, Expectation... expectations) {
    return with(name, type, 1, expectations);
  }

  Columns with(String name, ElementType type, int width, Expectation... expectations) {
    columns.add(new FeatureColumn(name, type, width));
    if (expectations.length > 0) {
      profiles.add(
          profile(name, type, Arrays.stream(expectations).map(e -> about(e, name)).toList()));
    }
    return this;
  }

  private static Expectation about(Expectation expectation, String column) {
    return new Expectation(
        expectation.type(),
        List.of(column),
        expectation.parameters(),
        expectation.mostly(),
        expectation.when(),
        expectation.nanIsMissing(),
        expectation.severity(),
        expectation.suggested());
  }

  /** Adds expectations that are not about one column alone. */
  Columns expecting(Expectation... others) {
    expectations.addAll(Arrays.asList(others));
    return this;
  }

  /** Has the length of the last column vary. */
  Columns padded() {
    int last = columns.size() - 1;
    FeatureColumn column = columns.get(last);
    columns.set(
        last,
        new FeatureColumn(
            column.name(),
            column.type(),
            column.width(),
            List.of(column.width()),
            new Padding(0, 1, "0")));
    return this;
  }

  /** Has a model input take the last column. */
  Columns takenAs(ElementType type) {
    int last = columns.size() - 1;
    List<Integer> shape =
        columns.get(last).width() == 1 ? List.of() : List.of(columns.get(last).width());
    inputs.add(new InputTensor("input" + last, type, shape, List.of(last)));
    return this;
  }

  FeatureLayout layout() {
    return new FeatureLayout(columns, inputs);
  }

  DataProfile profile() {
    return new DataProfile(
        ProfileKind.BASELINE,
        new ProfiledModel("m", "1", ""),
        ProfiledWindow.none(""),
        RowCounts.NONE,
        profiles,
        List.of(),
        expectations,
        null,
        "test");
  }

  RecordValidator validator() {
    return RecordValidator.compile(layout(), profile(), "ts", Duration.ofHours(1));
  }

  /** Returns a row with a value per column: a number, a text, a list of them, or null. */
  FeatureRow row(Object... values) {
    FeatureLayout layout = layout();
    FeatureRow row = new FeatureRow(layout);
    row.reset(
        new EncodedRecord("features", 2, 9, KAFKA_TIMESTAMP, null, new byte[] {1}, Header.NONE));
    for (int i = 0; i < values.length; i++) {
      List<?> elements = values[i] instanceof List<?> list ? list : Arrays.asList(values[i]);
      for (int e = 0; e < elements.size() && values[i] != null; e++) {
        set(row, layout.elementOffset(i) + e, columns.get(i).type(), elements.get(e));
        row.setMissing(i, false);
      }
    }
    return row;
  }

  private static void set(FeatureRow row, int element, ElementType type, Object value) {
    if (type == ElementType.STRING) {
      row.setText(element, (String) value);
    } else if (type.isFloating()) {
      double number = ((Number) value).doubleValue();
      row.setDouble(element, type == ElementType.FLOAT ? (float) number : number);
    } else {
      row.setLong(element, ((Number) value).longValue());
    }
  }

  private static ColumnProfile profile(
      String name, ElementType type, List<Expectation> expectations) {
    return ColumnProfile.empty(name, type).withExpectations(expectations);
  }
}
