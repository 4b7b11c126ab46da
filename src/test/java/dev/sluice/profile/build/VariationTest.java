package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.profile.BlockVariation;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Season;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a baseline varies from block to block, against indexes that are worked out by hand. */
class VariationTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("x", ElementType.DOUBLE, 1),
              new FeatureColumn("wd", ElementType.STRING, 1)),
          List.of());
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final long START = Instant.parse("2020-03-01T00:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;

  /** A row; a number or a text that is null is missing. */
  private record Row(long time, Double x, String wd) {}

  private static DataProfile baseline(List<Row> rows, Season season, String timeField) {
    FeatureBatch batch = new FeatureBatch(LAYOUT, 100);
    FeatureRow target = new FeatureRow(LAYOUT);
    PartOptions parts = new PartOptions("", 1, season, UTC);
    try (ProfileBuilder builder = new ProfileBuilder(LAYOUT, parts, timeField)) {
      for (Row row : rows) {
        target.reset(new EncodedRecord("f", 0, 0, 0, null, new byte[0], Header.NONE));
        target.setEventTime(row.time);
        target.setMissing(0, row.x == null);
        target.setDouble(0, row.x == null ? 0 : row.x);
        target.setMissing(1, row.wd == null);
        target.setText(1, row.wd);
        batch.append(target);
        if (batch.size() == batch.capacity()) {
          builder.addInputs(batch);
          batch.clear();
        }
      }
      builder.addInputs(batch);
      return builder.build("", "", "", "rows", "", "UTC", "test");
    }
  }

  private static List<BlockVariation> variation(DataProfile profile, String column) {
    return profile.column(column).orElseThrow().variation();
  }

  /** Ten days of 100 rows; x is 1 or 2 in equal shares, but on the last day always 2. */
  private static List<Row> tenDays() {
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      for (int i = 0; i < 100; i++) {
        double x = day < 9 ? 1 + i % 2 : 2;
        String wd = day == 9 && i < 40 ? null : i % 4 == 0 ? "N" : "S";
        rows.add(new Row(START + (24L * day + i % 24) * HOUR, x, wd));
      }
    }
    return rows;
  }

  @Test
  void aBlockIsComparedWithTheRest() {
    List<BlockVariation> variation = variation(baseline(tenDays(), Season.NONE, "ts"), "x");
    // The last day has shares 1e-4 (floored) and 1 against a half each of the other nine.
    double psi = (1e-4 - 0.5) * Math.log(1e-4 / 0.5) + 0.5 * Math.log(2);
    assertThat(variation).hasSize(1);
    assertThat(variation.get(0).length()).isEqualTo(Duration.ofDays(1));
    assertThat(variation.get(0).blocks()).isEqualTo(10);
    assertThat(variation.get(0).psi()).isCloseTo(psi, within(1e-12));
    assertThat(variation.get(0).flatShare()).isEqualTo(0.1);
    assertThat(variation.get(0).missingShare()).isZero();
  }

  @Test
  void missingTextsAreAValueMore() {
    BlockVariation variation = variation(baseline(tenDays(), Season.NONE, "ts"), "wd").get(0);
    // N 0.25 and S 0.75; on the last day N 0.15, S 0.45, missing 0.4
    double psi =
        (0.15 - 0.25) * Math.log(0.15 / 0.25)
            + (0.45 - 0.75) * Math.log(0.45 / 0.75)
            + (0.4 - 1e-4) * Math.log(0.4 / 1e-4);
    assertThat(variation.psi()).isCloseTo(psi, within(1e-12));
    assertThat(variation.missingShare()).isCloseTo(0.4, within(1e-12));
    assertThat(variation.flatShare()).isZero();
  }

  /** NaN says that a number is not there; one number among NaN is no flat line. */
  @Test
  void nanCountsAsMissing() {
    List<Row> rows = new ArrayList<>();
    for (Row row : tenDays()) {
      boolean last = row.time >= START + 9 * 24 * HOUR;
      boolean first = row.time == START + 9 * 24 * HOUR;
      rows.add(new Row(row.time, last && !first ? (Double) Double.NaN : row.x, row.wd));
    }
    BlockVariation variation = variation(baseline(rows, Season.NONE, "ts"), "x").get(0);
    assertThat(variation.missingShare()).isCloseTo(0.95, within(1e-12)); // 5 rows at midnight
    assertThat(variation.flatShare()).isZero();
  }

  @Test
  void withoutEventTimesOrEnoughBlocksNothingIsMeasured() {
    assertThat(variation(baseline(tenDays(), Season.NONE, ""), "x")).isEmpty();
    assertThat(variation(baseline(tenDays().subList(0, 700), Season.NONE, "ts"), "x")).isEmpty();
    assertThat(variation(baseline(tenDays().subList(0, 800), Season.NONE, "ts"), "x")).hasSize(1);
    List<Row> few = tenDays().stream().filter(row -> row.x == 2).toList(); // 50 a day
    assertThat(variation(baseline(few, Season.NONE, "ts"), "x")).hasSize(1);
    assertThat(variation(baseline(few.subList(1, 100), Season.NONE, "ts"), "x")).isEmpty();
  }

  /** Two months, each even in itself but unlike the other. */
  @Test
  void aBlockIsComparedWithItsSeasonWhereThereAreSome() {
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day < 61; day++) {
      for (int i = 0; i < 96; i++) {
        rows.add(new Row(START + (24L * day + i % 24) * HOUR, (day < 31 ? 0.0 : 100) + i, "N"));
      }
    }
    assertThat(variation(baseline(rows, Season.NONE, "ts"), "x").get(0).psi()).isGreaterThan(1);
    BlockVariation days = variation(baseline(rows, Season.MONTH, "ts"), "x").get(0);
    assertThat(days.psi()).isZero();
    assertThat(days.blocks()).isEqualTo(61);
  }

  /** In March, five days have 40 % zeros and are 1 else, as all of April is. */
  @Test
  void aSeasonVariesThatIsMostlyTheLargestValue() {
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day < 61; day++) {
      for (int i = 0; i < 100; i++) {
        double x = day % 6 == 0 && day < 30 && i < 40 ? 0 : 1;
        rows.add(new Row(START + (24L * day + i % 24) * HOUR, x, "N"));
      }
    }
    BlockVariation days = variation(baseline(rows, Season.MONTH, "ts"), "x").get(0);
    assertThat(days.length()).isEqualTo(Duration.ofDays(1));
    // Against the other 30 days, of which four have zeros; 58 of the 61 days are at or below it.
    double rest = 4 * 40 / 3000.0;
    double psi = (0.4 - rest) * Math.log(0.4 / rest) + (rest - 0.4) * Math.log(0.6 / (1 - rest));
    assertThat(days.psi()).isCloseTo(psi, within(1e-12)).isGreaterThan(0.5);
  }

  @Test
  void theOrderOfRowsDoesNotMatterAndTheFileKeepsIt() throws IOException {
    List<Row> shuffled = tenDays();
    Collections.shuffle(shuffled, new Random(3));
    byte[] bytes = DataProfileFile.toBytes(baseline(tenDays(), Season.MONTH, "ts"));
    // A row that comes late suggests no order of event times.
    DataProfile other = baseline(shuffled, Season.MONTH, "ts");
    DataProfile read = DataProfileFile.read(new ByteArrayInputStream(bytes), "p");
    assertThat(variation(read, "x")).isEqualTo(variation(other, "x")).isNotEmpty();
    assertThat(variation(read, "wd")).isEqualTo(variation(other, "wd"));
    assertThat(read.parts()).isEqualTo(other.parts());
  }

  @Test
  void moreBlocksThanTenThousandAreThinnedOut() {
    TimeBlocks.Blocks hours =
        TimeBlocks.of(START, START + 25_000 * HOUR - 1, Season.NONE, UTC).lengths().get(0);
    assertThat(hours.stride()).isEqualTo(3);
    assertThat(hours.count()).isEqualTo(8334);
    int minute = TimeBlocks.minuteOf(START);
    assertThat(hours.any(minute)).isZero();
    assertThat(hours.any(minute + 60)).isEqualTo(-1);
    assertThat(hours.any(minute + 180)).isEqualTo(1);
    assertThat(hours.any(TimeBlocks.minuteOf(Long.MIN_VALUE))).isEqualTo(-1);
    assertThat(hours.start(1)).isEqualTo(START + 3 * HOUR);
  }

  @Test
  void daysBeginAtMidnightOfTheZone() {
    TimeBlocks blocks = TimeBlocks.of(START, START + 240 * HOUR, Season.NONE, ZoneId.of("+05:30"));
    TimeBlocks.Blocks days = blocks.lengths().get(1);
    assertThat(Instant.ofEpochMilli(days.start(0))).isEqualTo("2020-02-29T18:30:00Z");
    assertThat(days.count()).isEqualTo(10);
  }
}
