package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.Season;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.build.TrainingRows.Row;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Segments and seasons, counted once more by other means. */
class ProfilePartsTest {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final List<Row> ROWS = TrainingRows.random(4000, 21);

  private static DataProfile baseline(String segmentField, int maxSegments, Season season) {
    return TrainingRows.baseline(
        ROWS,
        100,
        new PartOptions(segmentField, maxSegments, season, ZONE),
        new Spill(20_000, 2000));
  }

  private static ColumnProfile numbers(ColumnProfile whole, List<Double> values) {
    NumberStatistics statistics = (NumberStatistics) ColumnStatistics.comparableWith(whole);
    statistics.addMissing(values.stream().filter(Objects::isNull).count());
    double[] present =
        values.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
    statistics.add(present, present.length);
    return statistics.toProfile(whole.name(), whole.valueType(), whole.massEdges());
  }

  private static ColumnProfile texts(ColumnProfile whole, List<String> values) {
    TextStatistics statistics = (TextStatistics) ColumnStatistics.comparableWith(whole);
    statistics.addMissing(values.stream().filter(Objects::isNull).count());
    values.stream().filter(Objects::nonNull).forEach(statistics::add);
    return statistics.toProfile(whole.name(), whole.valueType(), List.of());
  }

  private static <T> List<T> of(List<Row> rows, Function<Row, T> value) {
    return rows.stream().map(value).toList();
  }

  private static void check(DataProfile profile, ProfilePart part, Predicate<Row> belongs) {
    List<Row> rows = ROWS.stream().filter(belongs).toList();
    assertThat(part.rows()).isEqualTo(rows.size());
    List<ColumnProfile> whole = profile.columns();
    List<ColumnProfile> columns = part.columns();
    assertThat(columns.get(0)).isEqualTo(texts(whole.get(0), of(rows, Row::station)));
    List<Double> floats = of(rows, row -> row.t() == null ? null : (double) row.t().floatValue());
    assertThat(columns.get(1)).isEqualTo(numbers(whole.get(1), floats));
    assertThat(columns.get(2)).isEqualTo(numbers(whole.get(2), of(rows, Row::x)));
    assertThat(columns.get(3)).isEqualTo(numbers(whole.get(3), of(rows, row -> (double) row.n())));
    assertThat(columns.get(5)).isEqualTo(texts(whole.get(5), of(rows, Row::id)));
    List<Double> images =
        rows.stream()
            .flatMap(
                row ->
                    java.util.stream.IntStream.range(0, 3)
                        .mapToObj(i -> row.image() == null ? null : (Double) row.image()[i]))
            .toList();
    long arrays = rows.stream().filter(row -> row.image() != null).count();
    assertThat(columns.get(6))
        .isEqualTo(numbers(whole.get(6), images).withSizes(new SizeSummary(arrays, 3, 3)));
    checkTokens(columns.get(7), rows);
    assertThat(columns.get(7).missing())
        .isEqualTo(rows.stream().filter(row -> row.tokens() == null).count());
    List<Row> predicted = rows.stream().filter(Row::predicted).toList();
    assertThat(part.outputs()).extracting(ColumnProfile::name).containsExactly(OUTPUTS);
    List<Double> may =
        predicted.stream().map(row -> row.scores().get("may")).filter(Objects::nonNull).toList();
    assertThat(part.outputs().get(1)).isEqualTo(numbers(profile.outputs().get(1), may));
    assertThat(part.outputs().get(4))
        .isEqualTo(texts(profile.outputs().get(4), of(predicted, Row::label)));
  }

  private static void checkTokens(ColumnProfile column, List<Row> rows) {
    IntSummaryStatistics sizes =
        rows.stream()
            .filter(row -> row.tokens() != null)
            .mapToInt(row -> row.tokens().length)
            .summaryStatistics();
    assertThat(column.sizes())
        .isEqualTo(new SizeSummary(sizes.getCount(), sizes.getMin(), sizes.getMax()));
    assertThat(column.meanSize()).isEqualTo(sizes.getAverage());
  }

  private static final String[] OUTPUTS = {
    "score", "scores[may]", "scores[no]", "scores[yes]", "label"
  };

  @Test
  void segmentsAreTheMostFrequentValuesAndTheRest() {
    DataProfile profile = baseline("station", 4, Season.NONE);
    List<ProfilePart> parts = profile.parts();
    assertThat(parts).allMatch(part -> part.kind() == PartKind.SEGMENT);
    assertThat(parts)
        .extracting(ProfilePart::value)
        .containsExactly("s0", "s1", "s2", "s3", "other");
    for (ProfilePart part : parts.subList(0, 4)) {
      check(profile, part, row -> part.value().equals(row.station()));
    }
    check(profile, parts.get(4), row -> row.station() == null || !row.station().matches("s[0-3]"));
  }

  @Test
  void withoutARestTheMissingOnesHaveAnEmptyName() {
    DataProfile profile = baseline("station", 100, Season.NONE);
    assertThat(profile.parts().get(0).value()).isEmpty();
    check(profile, profile.parts().get(0), row -> row.station() == null);
    assertThat(profile.part(PartKind.SEGMENT, "other")).isEmpty();
  }

  @Test
  void numbersAndFlagsMakeSegments() {
    assertThat(baseline("n", 100, Season.NONE).parts())
        .extracting(ProfilePart::value)
        .containsExactly("-1", "-2", "-3", "0", "1", "2", "3");
    DataProfile flags = baseline("flag", 100, Season.NONE);
    assertThat(flags.parts()).extracting(ProfilePart::value).containsExactly("false", "true");
    check(flags, flags.parts().get(1), Row::flag);
  }

  @Test
  void seasonsFollowTheTimeZone() {
    DataProfile profile = baseline("flag", 100, Season.MONTH);
    assertThat(profile.parts()).hasSize(2 + 12);
    check(
        profile,
        profile.part(PartKind.SEASON, "03").orElseThrow(),
        row -> Instant.ofEpochMilli(row.time()).atZone(ZONE).getMonthValue() == 3);
    DataProfile hours = baseline("", 100, Season.HOUR_OF_WEEK);
    assertThat(hours.parts()).hasSize(168);
    assertThat(hours.parts().get(0).value()).isEqualTo("MON 00");
    check(
        hours,
        hours.part(PartKind.SEASON, "SUN 23").orElseThrow(),
        row ->
            Instant.ofEpochMilli(row.time()).atZone(ZONE).toString().contains("T23")
                && sunday(row));
  }

  private static boolean sunday(Row row) {
    return Instant.ofEpochMilli(row.time()).atZone(ZONE).getDayOfWeek().getValue() == 7;
  }

  @Test
  void aFileHoldsThem() throws IOException {
    DataProfile profile = baseline("station", 4, Season.MONTH);
    byte[] bytes = DataProfileFile.toBytes(profile);
    assertThat(DataProfileFile.read(new ByteArrayInputStream(bytes), "p.json")).isEqualTo(profile);
  }

  @Test
  void fieldsThatMakeNoSegmentsAreRefused() {
    assertThatThrownBy(() -> baseline("nope", 4, Season.NONE))
        .hasMessageStartingWith(
            "segments are of nope, which is no column of the profile, expected");
    assertThatThrownBy(() -> baseline("image", 4, Season.NONE))
        .hasMessage("segments are of image, which is an array, expected one value");
    assertThatThrownBy(() -> new PartOptions("n", 0, Season.NONE, ZONE))
        .hasMessage("the most segments are 0, expected 1 to 100000");
  }

  @Test
  void tooManySegmentsAreRefused() {
    FeatureLayout layout =
        new FeatureLayout(List.of(new FeatureColumn("id", ElementType.INT64, 1)), List.of());
    PartOptions options = new PartOptions("id", 4, Season.NONE, ZONE);
    FeatureBatch batch = new FeatureBatch(layout, 100_001);
    FeatureRow row = new FeatureRow(layout);
    try (ProfileBuilder builder = new ProfileBuilder(layout, options)) {
      for (int i = 0; i < 100_000; i++) {
        add(batch, row, i);
      }
      builder.addInputs(batch);
      batch.clear();
      add(batch, row, 7);
      add(batch, row, 100_000);
      assertThatThrownBy(() -> builder.addInputs(batch))
          .hasMessage(
              "segments are of id, which has more than 100000 distinct values,"
                  + " expected a field with fewer");
    }
  }

  private static void add(FeatureBatch batch, FeatureRow row, long id) {
    row.reset(new EncodedRecord("f", 0, 0, 0, null, new byte[0], Header.NONE));
    row.setLong(0, id);
    row.setMissing(0, false);
    batch.append(row);
  }

  @Test
  void aValueNamedOtherIsPartOfTheRest() {
    List<String> names = List.of("other", "b", "a");
    Parts parts =
        Parts.of(
            new PartOptions("x", 1, Season.NONE, ZONE), names, new long[] {9, 5, 5}, new long[0]);
    assertThat(parts.toProfile(part -> List.of(), part -> List.of()))
        .extracting(ProfilePart::value, ProfilePart::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", 5L),
            org.assertj.core.groups.Tuple.tuple("other", 14L));
    assertThat(parts.segmentPart(PartKeys.key(0, 0, 7))).isEqualTo(1);
    assertThat(parts.segmentPart(PartKeys.key(2, 0, -7))).isZero();
  }

  @Test
  void theTimeZoneOfTheSeasonsIsThatOfTheProfile() {
    try (ProfileBuilder builder =
        new ProfileBuilder(TrainingRows.LAYOUT, new PartOptions("", 1, Season.MONTH, ZONE))) {
      FeatureBatch batch = new FeatureBatch(TrainingRows.LAYOUT, 1);
      FeatureRow row = new FeatureRow(TrainingRows.LAYOUT);
      row.reset(new EncodedRecord("f", 0, 0, 0, null, new byte[0], Header.NONE));
      batch.append(row);
      builder.addInputs(batch);
      assertThatThrownBy(() -> builder.build("m", "1", "", "train", "", "UTC", "test"))
          .hasMessage("the time zone is UTC, expected Asia/Shanghai, that of the seasons");
    }
  }
}
