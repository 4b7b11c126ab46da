package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import dev.sluice.record.Padding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Profiles count what the records have, and not what their arrays are padded with. */
class PaddedColumnsTest {
  private static final int WIDTH = 5;
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              column("tokens", ElementType.INT64, "-1"),
              column("words", ElementType.STRING, "[PAD]"),
              new FeatureColumn("fixed", ElementType.FLOAT, 2)),
          List.of(
              new InputTensor("tokens", ElementType.INT32, List.of(WIDTH), List.of(0)),
              new InputTensor("words", ElementType.STRING, List.of(WIDTH), List.of(1))));

  private final List<FeatureRow> rows = new ArrayList<>();
  private final FeatureBatch batch = new FeatureBatch(LAYOUT, 40);
  private long tokens;
  private long sum;
  private long missing;
  private int shortest = WIDTH;
  private int longest;

  private static FeatureColumn column(String name, ElementType type, String fill) {
    return new FeatureColumn(name, type, WIDTH, List.of(WIDTH), new Padding(0, 1, fill));
  }

  PaddedColumnsTest() {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      FeatureRow row = new FeatureRow(LAYOUT);
      row.reset(new EncodedRecord("f", 0, i, 0, null, new byte[0], Header.NONE));
      row.setEventTime(10);
      boolean isMissing = random.nextInt(5) == 0;
      int length = random.nextInt(WIDTH + 1);
      for (int e = 0; e < WIDTH; e++) {
        row.setLong(e, e < length ? 100 + e : -1);
        row.setText(WIDTH + e, e < length ? "w" + e : "[PAD]");
      }
      for (int column = 0; column < 3; column++) {
        row.setMissing(column, isMissing);
      }
      row.setLength(0, length);
      row.setLength(1, length);
      rows.add(row);
      batch.append(row);
      missing += isMissing ? 1 : 0;
      tokens += isMissing ? 0 : length;
      shortest = isMissing ? shortest : Math.min(shortest, length);
      longest = isMissing ? longest : Math.max(longest, length);
      for (int e = 0; e < length && !isMissing; e++) {
        sum += 100 + e;
      }
    }
  }

  @Test
  void ofValidRows() {
    check(partials -> new InputObserver(partials).observe(batch));
  }

  @Test
  void ofRejectedRows() {
    check(partials -> rows.forEach(new RejectedObserver(LAYOUT, partials, "")::observe));
  }

  @Test
  void ofTheBaseline() {
    ProfileBuilder builder = new ProfileBuilder(LAYOUT);
    builder.addInputs(batch);
    DataProfile profile = builder.build("m", "1", "", "train", "", "UTC", "test");
    check(profile.column("tokens").orElseThrow(), profile.column("words").orElseThrow());
    ColumnProfile fixed = profile.column("fixed").orElseThrow();
    assertThat(fixed.missing()).isEqualTo(2 * missing);
    assertThat(fixed.sizes()).isEqualTo(new SizeSummary(40 - missing, 2, 2));
    assertThat(fixed.meanSize()).isEqualTo(2);
  }

  private void check(Consumer<WindowPartials> observed) {
    WindowPartials partials =
        new WindowPartials(Fixtures.scope("PT0.1S", "b", DataProfile.empty()), partial -> {});
    observed.accept(partials);
    check(
        profile(partials, "tokens", ElementType.INT64),
        profile(partials, "words", ElementType.STRING));
    assertThat(profile(partials, "fixed", ElementType.FLOAT).rows()).isEqualTo(2 * 40);
    assertThat(profile(partials, "fixed", ElementType.FLOAT).sizes())
        .isEqualTo(new SizeSummary(40 - missing, 2, 2));
  }

  private static ColumnProfile profile(WindowPartials partials, String name, ElementType type) {
    return partials
        .column(partials.at(10, Segments.ALL), name, type)
        .statistics()
        .toProfile(name, type, List.of());
  }

  private void check(ColumnProfile numbers, ColumnProfile words) {
    assertThat(numbers.missing()).isEqualTo(missing).isPositive();
    assertThat(numbers.rows()).isEqualTo(tokens + missing);
    assertThat(numbers.min()).isEqualTo(100);
    assertThat(numbers.mean()).isEqualTo((double) sum / tokens);
    assertThat(numbers.sizes()).isEqualTo(new SizeSummary(40 - missing, shortest, longest));
    assertThat(words.sizes()).isEqualTo(numbers.sizes());
    assertThat(numbers.meanSize()).isEqualTo(tokens / (double) (40 - missing));
    assertThat(words.rows()).isEqualTo(tokens + missing);
    assertThat(words.missing()).isEqualTo(missing);
    assertThat(words.values()).containsOnlyKeys("w0", "w1", "w2", "w3", "w4");
  }
}
