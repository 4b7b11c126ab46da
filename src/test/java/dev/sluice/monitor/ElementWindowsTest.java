package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ProfileOptions;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.build.PartOptions;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** With a baseline that has a column per element of an array, windows have them, too. */
class ElementWindowsTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("v", ElementType.FLOAT, 3),
              new FeatureColumn("words", ElementType.STRING, 2)),
          List.of(new InputTensor("v", ElementType.FLOAT, List.of(3), List.of(0))));

  private final List<FeatureRow> rows = new ArrayList<>();
  private final FeatureBatch batch = new FeatureBatch(LAYOUT, 50);

  ElementWindowsTest() {
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      FeatureRow row = new FeatureRow(LAYOUT);
      row.reset(new EncodedRecord("f", 0, i, 0, null, new byte[0], Header.NONE));
      row.setEventTime(10);
      for (int e = 0; e < 3; e++) {
        row.setDouble(e, 100 * e + random.nextInt(10));
      }
      row.setText(3, "a");
      row.setText(4, "b" + i % 2);
      row.setMissing(0, i % 10 == 0);
      row.setMissing(1, i % 25 == 0);
      rows.add(row);
      batch.append(row);
    }
  }

  private DataProfile baseline(boolean perElement) {
    ProfileBuilder builder = new ProfileBuilder(LAYOUT, PartOptions.NONE, "", perElement);
    builder.addInputs(batch);
    return builder.build("m", "1", "", "train", "", "UTC", "test");
  }

  private WindowPartial window(DataProfile baseline, Consumer<WindowPartials> observed) {
    ProfileOptions options = Fixtures.options("PT0.1S", Duration.ZERO);
    EventTimeWindows windows =
        new EventTimeWindows(options.windowSize(), options.windowOffset(), options.timeZone());
    WindowPartials partials = new WindowPartials(ProfileKind.INPUT, windows, "m", "b", baseline);
    observed.accept(partials);
    return partials.at(10);
  }

  private static ColumnProfile profile(WindowPartial partial, ColumnProfile baseline) {
    PartialColumn column = partial.columns().get(baseline.name());
    return column.statistics().toProfile(baseline.name(), column.type(), baseline.massEdges());
  }

  private void equalsTheBaseline(DataProfile baseline, Consumer<WindowPartials> observed) {
    WindowPartial partial = window(baseline, observed);
    assertThat(partial.columns().keySet())
        .containsExactlyInAnyOrderElementsOf(
            baseline.columns().stream().map(ColumnProfile::name).toList());
    for (ColumnProfile column : baseline.columns()) {
      assertThat(profile(partial, column)).isEqualTo(column.withExpectations(List.of()));
    }
  }

  @Test
  void ofValidRows() {
    DataProfile baseline = baseline(true);
    assertThat(baseline.columns())
        .extracting(ColumnProfile::name)
        .containsExactly("v[0]", "v[1]", "v[2]", "words[0]", "words[1]");
    assertThat(baseline.column("v[1]").orElseThrow().missing()).isEqualTo(5);
    equalsTheBaseline(baseline, partials -> new InputObserver(partials).observe(batch));
  }

  @Test
  void ofRejectedRows() {
    equalsTheBaseline(
        baseline(true),
        partials -> rows.forEach(new RejectedObserver(LAYOUT, partials, "")::observe));
  }

  @Test
  void pooledWithAPooledBaseline() {
    DataProfile baseline = baseline(false);
    assertThat(baseline.column("v").orElseThrow().sizes()).isEqualTo(new SizeSummary(45, 3, 3));
    assertThat(baseline.column("words").orElseThrow().sizes()).isEqualTo(new SizeSummary(48, 2, 2));
    equalsTheBaseline(baseline, partials -> new InputObserver(partials).observe(batch));
    equalsTheBaseline(
        baseline, partials -> rows.forEach(new RejectedObserver(LAYOUT, partials, "")::observe));
  }
}
