package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.OutputColumns;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfileBuilderTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("t", ElementType.FLOAT, 1),
              new FeatureColumn("hour", ElementType.INT64, 1),
              new FeatureColumn("wd", ElementType.STRING, 1),
              new FeatureColumn("image", ElementType.DOUBLE, 2)),
          List.of(
              new InputTensor("x", ElementType.FLOAT, List.of(2), List.of(0, 1)),
              new InputTensor("wd", ElementType.STRING, List.of(1), List.of(2))));

  private static FeatureBatch batch() {
    FeatureBatch batch = new FeatureBatch(LAYOUT, 8);
    FeatureRow row = new FeatureRow(LAYOUT);
    for (int i = 0; i < 4; i++) {
      row.reset(new EncodedRecord("f", 0, i, 0, null, new byte[0], Header.NONE));
      row.setEventTime(1000 + i);
      row.setDouble(0, i == 3 ? Double.NaN : i * 0.1);
      row.setMissing(0, i == 2);
      row.setLong(1, i);
      row.setMissing(1, false);
      row.setText(2, i % 2 == 0 ? "N" : "S");
      row.setMissing(2, i == 3);
      row.setDouble(3, i);
      row.setDouble(4, -i);
      row.setMissing(3, i == 0);
      batch.append(row);
    }
    return batch;
  }

  private static PredictionBatch predictions() {
    PredictionBatch predictions = new PredictionBatch();
    predictions.reset(batch());
    predictions.fail(1, Reason.NAN_OUTPUT, "p is NaN");
    TensorBuffer scalar = new TensorBuffer(ElementType.FLOAT, 1, 8);
    TensorBuffer pair = new TensorBuffer(ElementType.FLOAT, 2, 8);
    TensorBuffer wide = new TensorBuffer(ElementType.INT64, 65, 8);
    TensorBuffer label = new TensorBuffer(ElementType.STRING, 1, 8);
    TensorBuffer scores = new TensorBuffer(ElementType.SCORES, 1, 8);
    for (int i = 0; i < 4; i++) {
      scalar.setFloat(i, i == 1 ? Float.NaN : i);
      pair.setFloat(2 * i, 10 + i);
      pair.setFloat(2 * i + 1, 20 + i);
      for (int k = 0; k < 65; k++) {
        wide.setLong(65 * i + k, k);
      }
      label.setText(i, i == 0 ? null : "yes");
      scores.setScores(i, i == 0 ? Map.of("no", 0.5) : Map.of("no", 0.25, "yes", 0.75));
    }
    predictions.outputs().add(new OutputTensor("p", List.of(1), scalar));
    predictions.outputs().add(new OutputTensor("pair", List.of(2), pair));
    predictions.outputs().add(new OutputTensor("wide", List.of(65), wide));
    predictions.outputs().add(new OutputTensor("label", List.of(), label));
    predictions.outputs().add(new OutputTensor("scores", List.of(), scores));
    return predictions;
  }

  private static DataProfile build(ProfileBuilder builder) {
    return builder.build("m", "1", "aa", "train", "bb", "Asia/Shanghai", "test");
  }

  @Test
  void profilesSmallOutputsInTheTypeThatIsPublished() {
    PredictionBatch predictions = new PredictionBatch();
    predictions.reset(batch());
    TensorBuffer half = new TensorBuffer(ElementType.FLOAT16, 1, 8);
    TensorBuffer unsigned = new TensorBuffer(ElementType.UINT8, 1, 8);
    for (int i = 0; i < 4; i++) {
      half.setNumber(i, 0.1);
      unsigned.setLong(i, 252 + i);
    }
    predictions.outputs().add(new OutputTensor("half", List.of(), half));
    predictions.outputs().add(new OutputTensor("unsigned", List.of(), unsigned));
    ProfileBuilder builder = new ProfileBuilder(LAYOUT);
    builder.addInputs(batch());
    builder.addOutputs(predictions);
    DataProfile profile = build(builder);
    ColumnProfile halves = profile.output("half").orElseThrow();
    assertThat(halves.valueType()).isEqualTo(ElementType.FLOAT);
    assertThat(halves.max()).isEqualTo(0.0999755859375);
    ColumnProfile integers = profile.output("unsigned").orElseThrow();
    assertThat(integers.valueType()).isEqualTo(ElementType.INT32);
    assertThat(integers.max()).isEqualTo(255);
  }

  @Test
  void profilesEveryInput() {
    ProfileBuilder builder = new ProfileBuilder(LAYOUT);
    builder.addInputs(batch());
    DataProfile profile = build(builder);
    assertThat(profile.counts().rows()).isEqualTo(4);
    assertThat(profile.kind()).isEqualTo(ProfileKind.BASELINE);
    assertThat(profile.dataSet()).isEqualTo(new DataSet("train", "bb", 4, 1000L, 1003L));
    ColumnProfile t = profile.column("t").orElseThrow();
    assertThat(t.missing()).isEqualTo(1);
    assertThat(t.nan()).isEqualTo(1);
    assertThat(t.max()).isEqualTo((double) 0.1f);
    assertThat(t.scaleExponent()).isEqualTo(34);
    ColumnProfile hour = profile.column("hour").orElseThrow();
    assertThat(hour.valueType()).isEqualTo(ElementType.INT64);
    assertThat(hour.gridEdges()).contains(0.0, 1.0, 2.0, 3.0).containsAll(hour.massEdges());
    assertThat(profile.column("wd").orElseThrow().values()).isEqualTo(Map.of("N", 2L, "S", 1L));
    ColumnProfile image = profile.column("image").orElseThrow();
    assertThat(image.rows()).isEqualTo(8);
    assertThat(image.missing()).isEqualTo(2);
    assertThat(image.min()).isEqualTo(-3.0);
    assertThat(image.max()).isEqualTo(3.0);
    assertThat(profile.column("other")).isEmpty();
  }

  @Test
  void countsLikeTheJobDoes() {
    ProfileBuilder builder = new ProfileBuilder(LAYOUT);
    builder.addInputs(batch());
    ColumnProfile hour = build(builder).column("hour").orElseThrow();
    NumberStatistics statistics = (NumberStatistics) ColumnStatistics.comparableWith(hour);
    statistics.add(new double[] {3, 0, 2, 1}, 4);
    assertThat(
            statistics
                .toProfile("hour", ElementType.INT64, hour.massEdges())
                .withExpectations(hour.expectations()))
        .isEqualTo(hour);
  }

  @Test
  void profilesEveryOutputOfPredictedRows() {
    ProfileBuilder builder = new ProfileBuilder(LAYOUT);
    builder.addInputs(batch());
    builder.addOutputs(predictions());
    DataProfile profile = build(builder);
    assertThat(profile.outputs())
        .extracting(ColumnProfile::name)
        .containsExactlyInAnyOrder(
            "p", "pair[0]", "pair[1]", "wide", "label", "scores[no]", "scores[yes]");
    assertThat(profile.output("p").orElseThrow().rows()).isEqualTo(3);
    assertThat(profile.output("p").orElseThrow().nan()).isZero();
    assertThat(profile.output("pair[1]").orElseThrow().min()).isEqualTo(20.0);
    assertThat(profile.output("wide").orElseThrow().rows()).isEqualTo(195);
    assertThat(profile.output("label").orElseThrow().missing()).isEqualTo(1);
    assertThat(profile.output("scores[no]").orElseThrow().rows()).isEqualTo(3);
    assertThat(profile.output("scores[yes]").orElseThrow().mean()).isEqualTo(0.75);
  }

  @Test
  void outputColumnsStartAfreshWithEachBatch() {
    OutputColumns columns = new OutputColumns();
    Map<String, List<Integer>> counts = new TreeMap<>();
    OutputColumns.Visitor visitor =
        new OutputColumns.Visitor() {
          @Override
          public void numbers(
              String column, ElementType type, int[] rows, double[] values, int count) {
            counts.computeIfAbsent(column, name -> new ArrayList<>()).add(count);
          }

          @Override
          public void texts(String column, int[] rows, String[] values, int count) {
            counts.computeIfAbsent(column, name -> new ArrayList<>()).add(count);
          }
        };
    columns.forEach(predictions(), new int[] {0, 2, 3}, 3, visitor);
    columns.forEach(predictions(), new int[] {2}, 1, visitor);
    assertThat(counts.get("p")).containsExactly(3, 1);
    assertThat(counts.get("scores[yes]")).containsExactly(2, 1);
    assertThat(counts.get("wide")).hasSize(130);
  }

  @Test
  void refusesToMakeABaselineOfNothing() {
    ProfileBuilder builder = new ProfileBuilder(LAYOUT);
    assertThatThrownBy(() -> build(builder))
        .hasMessage("data set train has no rows, expected some");
  }
}
