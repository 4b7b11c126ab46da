package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.Season;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.build.TrainingRows.Row;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Baselines with a column per element of arrays of fixed size. */
class PerElementTest {
  private static final List<Row> ROWS = TrainingRows.random(3000, 5);
  private static final PartOptions PARTS =
      new PartOptions("station", 3, Season.MONTH, ZoneId.of("UTC"));

  private static void check(ColumnProfile column, int element, List<Row> rows) {
    List<double[]> images = rows.stream().map(Row::image).filter(i -> i != null).toList();
    DoubleSummaryStatistics values =
        images.stream().mapToDouble(image -> image[element]).summaryStatistics();
    assertThat(column.name()).isEqualTo("image[" + element + "]");
    assertThat(column.rows()).isEqualTo(rows.size());
    assertThat(column.missing()).isEqualTo(rows.size() - images.size());
    assertThat(column.min()).isEqualTo(values.getMin());
    assertThat(column.max()).isEqualTo(values.getMax());
    assertThat(column.mean()).isCloseTo(values.getAverage(), within(1e-8));
    assertThat(column.sizes()).isEqualTo(SizeSummary.NONE);
  }

  @Test
  void eachElementIsAColumn() {
    DataProfile profile = TrainingRows.perElement(ROWS, 100, PARTS);
    assertThat(profile.columns())
        .extracting(ColumnProfile::name)
        .containsExactly(
            "station", "t", "x", "n", "flag", "id", "image[0]", "image[1]", "image[2]", "tokens");
    for (int element = 0; element < 3; element++) {
      check(profile.columns().get(6 + element), element, ROWS);
    }
    ProfilePart part = profile.parts().get(0);
    List<Row> rows = ROWS.stream().filter(row -> part.value().equals(row.station())).toList();
    assertThat(rows).isNotEmpty();
    check(part.columns().get(7), 1, rows);
  }

  @Test
  void theOrderOfRowsAndTheirBatchesDoNotMatter() {
    DataProfile expected = TrainingRows.perElement(ROWS, 100, PARTS);
    List<Row> shuffled = new ArrayList<>(ROWS);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(TrainingRows.perElement(shuffled, 17, PARTS)).isEqualTo(expected);
  }

  @Test
  void otherColumnsAreAsWithout() {
    DataProfile pooled = TrainingRows.baseline(ROWS, 100, PARTS, new Spill());
    DataProfile profile = TrainingRows.perElement(ROWS, 100, PARTS);
    assertThat(profile.columns().subList(0, 6)).isEqualTo(pooled.columns().subList(0, 6));
    assertThat(profile.columns().get(9)).isEqualTo(pooled.columns().get(7));
  }

  @Test
  void aFileHoldsThem() throws IOException {
    DataProfile profile = TrainingRows.perElement(ROWS, 100, PARTS);
    byte[] bytes = DataProfileFile.toBytes(profile);
    assertThat(DataProfileFile.read(new ByteArrayInputStream(bytes), "p.json")).isEqualTo(profile);
  }

  @Test
  void presenceAndTypeAreExpectedOfTheArray() {
    List<Row> complete = ROWS.stream().filter(row -> row.image() != null).toList();
    DataProfile profile = TrainingRows.perElement(complete, 100, PartOptions.NONE);
    assertThat(profile.columns().get(7).expectations())
        .extracting(Expectation::type)
        .containsExactly(ExpectationType.FINITE, ExpectationType.NOT_NAN, ExpectationType.RANGE);
    assertThat(profile.columns().get(7).expectations())
        .allMatch(e -> e.suggested() && e.column().equals("image[1]"));
    assertThat(profile.expectations())
        .extracting(e -> e.type() + " " + e.column())
        .containsExactly("TYPE image", "PRESENT image");
    assertThat(TrainingRows.perElement(ROWS, 100, PartOptions.NONE).expectations())
        .extracting(e -> e.type() + " " + e.column())
        .containsExactly("TYPE image");
  }

  @Test
  void moreColumnsThanTheLimitAreRefused() {
    assertThat(columns(999, 1)).isEqualTo(1000);
    assertThat(columns(998, 2)).isEqualTo(1000);
    assertThatThrownBy(() -> columns(999, 2))
        .hasMessage(
            "a column per element makes 1001 columns of a (999), b (2), expected at most 1000");
  }

  private static int columns(int a, int b) {
    FeatureLayout layout =
        new FeatureLayout(
            List.of(
                new FeatureColumn("a", ElementType.FLOAT, a),
                new FeatureColumn("b", ElementType.FLOAT, b)),
            List.of());
    new ProfileBuilder(layout, PartOptions.NONE, "", true).close();
    return a + b;
  }
}
