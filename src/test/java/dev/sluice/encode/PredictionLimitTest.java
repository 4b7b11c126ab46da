package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.TensorBuffer;
import dev.sluice.record.Violation;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PredictionLimitTest {
  private static final List<String> PASSED = List.of("note");
  private static final FeatureLayout LAYOUT =
      Batches.layout(new FeatureColumn("note", ElementType.STRING, 1));

  /** One row, anything of which may be large. */
  private static PredictionBatch random(Random random) {
    FeatureBatch features = new FeatureBatch(LAYOUT, 1);
    byte[] key = random.nextBoolean() ? null : new byte[size(random)];
    Header[] headers =
        random.nextBoolean()
            ? Header.NONE
            : new Header[] {new Header("h", new byte[size(random)]), new Header("i", null)};
    FeatureRow row = Batches.row(LAYOUT, Batches.source(key, null, headers));
    row.setText(0, text(random));
    row.setMissing(0, random.nextInt(4) == 0);
    for (int i = random.nextInt(3); i > 0; i--) {
      String text = text(random);
      row.violations()
          .add(new Violation(text, Reason.NO_MATCH, Severity.INFO, text, text, text, 1));
    }
    features.append(row);
    TensorBuffer texts = new TensorBuffer(ElementType.STRING, 2, 1);
    texts.setText(0, text(random));
    texts.setText(1, text(random));
    TensorBuffer numbers = new TensorBuffer(ElementType.INT64, size(random) / 5 + 1, 1);
    for (int i = 0; i < numbers.rowWidth(); i++) {
      numbers.setLong(i, random.nextLong());
    }
    TensorBuffer scores = new TensorBuffer(ElementType.SCORES, 1, 1);
    scores.setScores(0, new TreeMap<>(Map.of(text(random) + 1, 0.5, text(random), 0.25)));
    return Batches.predicted(
        features,
        new OutputTensor("texts", List.of(2), texts),
        new OutputTensor("numbers", List.of(numbers.rowWidth()), numbers),
        new OutputTensor("scores", List.of(), scores));
  }

  private static int size(Random random) {
    return random.nextInt(random.nextInt(3) == 0 ? 20_000 : 50);
  }

  private static String text(Random random) {
    return (random.nextBoolean() ? "a" : "北").repeat(size(random)) + random.nextInt(1000);
  }

  @Test
  void whatPassesIsNeverLargerAndWhatDoesNotNeverFits() {
    Random random = new Random(17);
    int maxBytes = 64_000;
    PredictionLimit limit =
        new PredictionLimit(Batches.MODEL, PASSED, OutputFraming.NONE, maxBytes, false);
    PredictionEncoder limited =
        new PredictionEncoder(Batches.MODEL, PASSED, OutputFraming.NONE, maxBytes);
    PredictionEncoder unlimited = new PredictionEncoder(Batches.MODEL, PASSED);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      PredictionBatch batch = random(random);
      if (limit.excess(batch, 0) == null) {
        assertThat(MessageSizeTest.byKafka(limited.encode(batch, 0))).isLessThanOrEqualTo(maxBytes);
      } else {
        refused++;
        var whole = unlimited.encode(batch, 0);
        long bare = MessageSize.of(whole.key(), whole.value().length);
        assertThat(bare).isGreaterThan(maxBytes - 40);
      }
    }
    assertThat(refused).isBetween(100, 1_900);
  }

  @Test
  void isExactToTheByte() {
    int base = size(60_000);
    PredictionLimit limit =
        new PredictionLimit(Batches.MODEL, PASSED, OutputFraming.NONE, base + 10, false);
    assertThat(limit.excess(noted(60_009), 0)).isNull();
    assertThat(limit.excess(noted(60_010), 0)).isNull();
    assertThat(limit.excess(noted(60_011), 0))
        .isEqualTo(
            "the prediction has %,d bytes, expected at most %,d (max.request.size of the producers, less what compression may add)"
                .formatted(base + 11, base + 10));
  }

  private static PredictionBatch noted(int length) {
    FeatureBatch features = new FeatureBatch(LAYOUT, 1);
    FeatureRow row = Batches.row(LAYOUT, Batches.source(null, null));
    row.setText(0, "x".repeat(length));
    row.setMissing(0, false);
    features.append(row);
    return Batches.predicted(features);
  }

  private static int size(int length) {
    return MessageSizeTest.byKafka(
        new PredictionEncoder(Batches.MODEL, PASSED).encode(noted(length), 0));
  }

  @Test
  void whatHasNoKeyIsRefusedWhereTheTopicNeedsOne() {
    EncodedRecord keyless = Batches.source(null, null);
    EncodedRecord empty = Batches.source(new byte[0], null);
    PredictionLimit keyed =
        new PredictionLimit(Batches.MODEL, PASSED, OutputFraming.NONE, 64_000, true);
    assertThat(keyed.missingKey(keyless))
        .isEqualTo(
            "the record has no key, expected one: topics.predictions names a compacted topic, which"
                + " takes no message without a key");
    assertThat(keyed.missingKey(empty)).as("a key without bytes is one").isNull();
    PredictionLimit any =
        new PredictionLimit(Batches.MODEL, PASSED, OutputFraming.NONE, 64_000, false);
    assertThat(any.missingKey(keyless)).isNull();
  }

  @Test
  void tombstonesAreMeasuredByTheirKeys() {
    PredictionLimit limit =
        new PredictionLimit(Batches.MODEL, PASSED, OutputFraming.NONE, 64_000, false);
    PredictionEncoder encoder =
        new PredictionEncoder(Batches.MODEL, PASSED, OutputFraming.NONE, 64_000);
    Header[] headers = {new Header("h", new byte[5_000])};
    int refused = 0;
    for (int length = 63_500; length < 64_100; length++) {
      EncodedRecord tombstone = Batches.source(new byte[length], null, headers);
      if (limit.excess(tombstone) == null) {
        assertThat(MessageSizeTest.byKafka(encoder.encode(tombstone))).isLessThanOrEqualTo(64_000);
      } else {
        refused++;
      }
    }
    assertThat(refused).isBetween(200, 400);
  }
}
