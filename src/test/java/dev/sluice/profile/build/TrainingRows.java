package dev.sluice.profile.build;

import dev.sluice.profile.DataProfile;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.Padding;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.TensorBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Random rows of every kind of column, with the outputs of a model, to make baselines of. */
final class TrainingRows {
  static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("station", ElementType.STRING, 1),
              new FeatureColumn("t", ElementType.FLOAT, 1),
              new FeatureColumn("x", ElementType.DOUBLE, 1),
              new FeatureColumn("n", ElementType.INT64, 1),
              new FeatureColumn("flag", ElementType.BOOL, 1),
              new FeatureColumn("id", ElementType.STRING, 1),
              new FeatureColumn("image", ElementType.DOUBLE, 3),
              new FeatureColumn(
                  "tokens", ElementType.INT32, 4, List.of(4), new Padding(0, 1, "-1"))),
          List.of(new InputTensor("x", ElementType.FLOAT, List.of(1), List.of(1))));

  private static final long START = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000L;

  /** One row: its columns, and the outputs; null where there is none. */
  record Row(
      long time,
      String station,
      Double t,
      Double x,
      long n,
      boolean flag,
      String id,
      double[] image,
      int[] tokens,
      boolean predicted,
      double score,
      Map<String, Double> scores,
      String label) {}

  private TrainingRows() {}

  static List<Row> random(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count).mapToObj(i -> random(random)).toList();
  }

  private static Row random(Random random) {
    double gaussian = random.nextGaussian();
    int length = random.nextInt(5);
    double odd = random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY;
    return new Row(
        START + random.nextInt(9000) * HOUR,
        random.nextInt(20) == 0 ? null : "s" + (int) Math.abs(3 * gaussian),
        random.nextInt(9) == 0 ? null : (Double) (random.nextInt(30) == 0 ? odd : gaussian),
        random.nextInt(2) == 0 ? null : (Double) Math.exp(20 * gaussian),
        random.nextInt(7) - 3,
        random.nextBoolean(),
        random.nextInt(3) == 0 ? "usual" : "id" + random.nextInt(5000),
        random.nextInt(4) == 0 ? null : random.doubles(3, -1, 1).toArray(),
        random.nextInt(6) == 0 ? null : random.ints(length, 0, 300).toArray(),
        random.nextInt(8) != 0,
        gaussian / 3,
        random.nextInt(2) == 0 ? Map.of("no", gaussian) : Map.of("yes", gaussian, "may", 1.0),
        random.nextInt(3) == 0 ? null : "label");
  }

  /** Makes the baseline of rows, in batches of this size, in this spill. */
  static DataProfile baseline(List<Row> rows, int batchSize, PartOptions options, Spill spill) {
    try (ProfileBuilder builder = new ProfileBuilder(LAYOUT, options, spill)) {
      for (int from = 0; from < rows.size(); from += batchSize) {
        List<Row> some = rows.subList(from, Math.min(rows.size(), from + batchSize));
        PredictionBatch predictions = predictions(some);
        builder.addInputs(predictions.features());
        builder.addOutputs(predictions);
      }
      return builder.build("m", "1", "aa", "train", "bb", options.zone().getId(), "test");
    }
  }

  /** Makes the baseline with a column per element of arrays of fixed size. */
  static DataProfile perElement(List<Row> rows, int batchSize, PartOptions options) {
    try (ProfileBuilder builder = new ProfileBuilder(LAYOUT, options, "", true)) {
      for (int from = 0; from < rows.size(); from += batchSize) {
        builder.addInputs(features(rows.subList(from, Math.min(rows.size(), from + batchSize))));
      }
      return builder.build("m", "1", "aa", "train", "bb", options.zone().getId(), "test");
    }
  }

  private static FeatureBatch features(List<Row> rows) {
    FeatureBatch batch = new FeatureBatch(LAYOUT, rows.size());
    FeatureRow target = new FeatureRow(LAYOUT);
    for (Row row : rows) {
      target.reset(new EncodedRecord("f", 0, 0, 0, null, new byte[0], Header.NONE));
      target.setEventTime(row.time);
      for (int column = 0; column < LAYOUT.columns().size(); column++) {
        target.setMissing(column, false);
      }
      target.setMissing(0, row.station == null);
      target.setText(0, row.station);
      target.setMissing(1, row.t == null);
      target.setDouble(1, row.t == null ? 0 : row.t);
      target.setMissing(2, row.x == null);
      target.setDouble(2, row.x == null ? 0 : row.x);
      target.setLong(3, row.n);
      target.setLong(4, row.flag ? 1 : 0);
      target.setText(5, row.id);
      target.setMissing(6, row.image == null);
      for (int i = 0; i < 3 && row.image != null; i++) {
        target.setDouble(6 + i, row.image[i]);
      }
      target.setMissing(7, row.tokens == null);
      target.setLength(7, row.tokens == null ? 0 : row.tokens.length);
      for (int i = 0; i < 4 && row.tokens != null; i++) {
        target.setLong(9 + i, i < row.tokens.length ? row.tokens[i] : -1);
      }
      batch.append(target);
    }
    return batch;
  }

  private static PredictionBatch predictions(List<Row> rows) {
    PredictionBatch predictions = new PredictionBatch();
    predictions.reset(features(rows));
    TensorBuffer score = new TensorBuffer(ElementType.FLOAT, 1, rows.size());
    TensorBuffer scores = new TensorBuffer(ElementType.SCORES, 1, rows.size());
    TensorBuffer label = new TensorBuffer(ElementType.STRING, 1, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      score.setNumber(i, row.score);
      scores.setScores(i, row.scores);
      label.setText(i, row.label);
      if (!row.predicted) {
        predictions.fail(i, Reason.NAN_OUTPUT, "score is NaN");
      }
    }
    predictions.outputs().add(new OutputTensor("score", List.of(), score));
    predictions.outputs().add(new OutputTensor("scores", List.of(), scores));
    predictions.outputs().add(new OutputTensor("label", List.of(), label));
    return predictions;
  }
}
