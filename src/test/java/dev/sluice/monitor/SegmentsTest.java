package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.config.SegmentOptions;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.InputTensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {
  private static final FeatureLayout LAYOUT =
      new FeatureLayout(
          List.of(
              new FeatureColumn("x", ElementType.FLOAT, 1),
              new FeatureColumn("i", ElementType.INT32, 1),
              new FeatureColumn("l", ElementType.INT64, 1),
              new FeatureColumn("b", ElementType.BOOL, 1),
              new FeatureColumn("a", ElementType.STRING, 3),
              new FeatureColumn("s", ElementType.STRING, 1)),
          List.of(
              // an integer in a tensor of numbers with a point
              new InputTensor("in", ElementType.FLOAT, List.of(2), List.of(0, 1))));

  private static Segments plan(String by, DataProfile baseline, int max, String... values) {
    return Segments.plan(new SegmentOptions(by, List.of(values), max), LAYOUT, baseline);
  }

  private static DataProfile baseline(ProfilePart... parts) {
    return DataProfile.empty().withParts(List.of(parts));
  }

  private static ProfilePart part(PartKind kind, String value, long rows) {
    return part(kind, kind == PartKind.SEGMENT ? "i" : "", value, rows);
  }

  private static ProfilePart part(PartKind kind, String field, String value, long rows) {
    return new ProfilePart(kind, field, value, rows, List.of(), List.of());
  }

  /** Returns the segment's name of a row, both ways that lead to it. */
  private static String name(Segments segments, long i, Long l, boolean b) {
    FeatureRow row = new FeatureRow(LAYOUT);
    row.reset(new EncodedRecord("t", 0, 0, 0, null, new byte[1], Header.NONE));
    row.setPresent(0, 4);
    row.setLong(1, i);
    row.setLong(2, l == null ? 0 : l);
    row.setLong(3, b ? 1 : 0);
    row.setMissing(2, l == null);
    FeatureBatch batch = new FeatureBatch(LAYOUT, 1);
    batch.append(row);
    assertThat(segments.of(batch, 0)).isEqualTo(segments.of(row));
    return segments.name(segments.of(row));
  }

  @Test
  void numbersAndBooleansHaveSegmentsToo() {
    Segments i = plan("i", DataProfile.empty(), 100, "7", "-3", "+12");
    assertThat(name(i, 7, 0L, false)).isEqualTo("7");
    assertThat(name(i, -3, 0L, false)).isEqualTo("-3");
    assertThat(name(i, 12, 0L, false)).isEqualTo("12");
    assertThat(name(i, 8, 0L, false)).isEqualTo("other");
    Segments l = plan("l", DataProfile.empty(), 100, "9007199254740993", "5");
    assertThat(name(l, 0, 9007199254740993L, false)).isEqualTo("9007199254740993");
    assertThat(name(l, 0, 9007199254740992L, false)).isEqualTo("other");
    assertThat(name(l, 0, null, false)).isEqualTo("other");
    Segments b = plan("b", DataProfile.empty(), 100, "true");
    assertThat(name(b, 0, 0L, true)).isEqualTo("true");
    assertThat(name(b, 0, 0L, false)).isEqualTo("other");
  }

  /** Segments of a profile are named by no more than that. */
  @Test
  void textsBelongToSegmentsByTheir256FirstCharacters() {
    String known = "n".repeat(256);
    Segments s = plan("s", baseline(part(PartKind.SEGMENT, "s", known, 10)), 100);
    assertThat(nameOf(s, known)).isEqualTo(known);
    assertThat(nameOf(s, known + "x")).isEqualTo(known);
    assertThat(nameOf(s, "n".repeat(255) + "x")).isEqualTo("other");
    assertThat(nameOf(s, "")).isEqualTo("other");
    Segments listed = plan("s", DataProfile.empty(), 100, known + "x", "S");
    assertThat(nameOf(listed, known + "y")).isEqualTo(known);
    assertThat(nameOf(listed, "S")).isEqualTo("S");
  }

  private static String nameOf(Segments segments, String text) {
    FeatureRow row = new FeatureRow(LAYOUT);
    row.reset(new EncodedRecord("t", 0, 0, 0, null, new byte[1], Header.NONE));
    row.setMissing(5, false);
    row.setText(7, text);
    FeatureBatch batch = new FeatureBatch(LAYOUT, 1);
    batch.append(row);
    assertThat(segments.of(batch, 0)).isEqualTo(segments.of(row));
    return segments.name(segments.of(row));
  }

  @Test
  void withoutAFieldAllRowsAreInOne() {
    Segments none = plan("", DataProfile.empty(), 100);
    assertThat(none.areNone()).isTrue();
    assertThat(none.count()).isEqualTo(1);
    assertThat(name(none, 1, 1L, true)).isEmpty();
  }

  @Test
  void takesTheBaselinesSegmentsOfMostRows() {
    DataProfile baseline =
        baseline(
            part(PartKind.SEASON, "01", 50),
            part(PartKind.SEGMENT, "1", 10),
            part(PartKind.SEGMENT, "l", "5", 70),
            part(PartKind.SEGMENT, "4", 20),
            part(PartKind.SEGMENT, "3", 20),
            part(PartKind.SEGMENT, "2", 20),
            part(PartKind.SEGMENT, "", 90),
            part(PartKind.SEGMENT, "other", 99));
    Segments two = plan("i", baseline, 2);
    assertThat(two.count()).as("all, two, other").isEqualTo(4);
    assertThat(name(two, 2, 0L, false)).isEqualTo("2");
    assertThat(name(two, 3, 0L, false)).isEqualTo("3");
    assertThat(name(two, 4, 0L, false)).isEqualTo("other");
    assertThat(plan("i", baseline, 100).count()).isEqualTo(6);
    assertThat(name(plan("i", baseline, 100, "9"), 1, 0L, false))
        .as("what is listed goes before the baseline")
        .isEqualTo("other");
  }

  @Test
  void aSegmentIsComparedWithItsOwnPartOfTheBaselineAlone() {
    DataProfile baseline =
        baseline(
            part(PartKind.SEASON, "01", 50),
            part(PartKind.SEGMENT, "l", "1", 70),
            part(PartKind.SEGMENT, "1", 10),
            part(PartKind.SEGMENT, "2", 20),
            part(PartKind.SEGMENT, "other", 99));
    Segments same = plan("i", baseline, 100);
    assertThat(same.references(baseline, "")).extracting(ProfilePart::value).containsExactly("01");
    assertThat(same.references(baseline, "1"))
        .as("not that of another field")
        .extracting(ProfilePart::rows)
        .containsExactly(10L);
    assertThat(same.references(baseline, "3")).isEmpty();
    assertThat(same.references(baseline, "other"))
        .extracting(ProfilePart::rows)
        .containsExactly(99L);
    Segments fewer = plan("i", baseline, 100, "1");
    assertThat(fewer.references(baseline, "1")).extracting(ProfilePart::rows).containsExactly(10L);
    assertThat(fewer.references(baseline, "other")).as("it has more rows here").isEmpty();
  }

  @Test
  void saysWhichSegmentsThereAre() {
    Segments i = plan("i", DataProfile.empty(), 100, "7");
    assertThat(i.has("")).isTrue();
    assertThat(i.has("7")).isTrue();
    assertThat(i.has("other")).isTrue();
    assertThat(i.has("8")).isFalse();
    assertThat(Segments.NONE.has("")).isTrue();
    assertThat(Segments.NONE.has("other")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y | 1   | profile.segment-by is y, expected a field of the feature records",
        "x | 1   | profile.segment-by is x, which is FLOAT, expected a field of texts, whole numbers or booleans",
        "a | 1   | profile.segment-by is a, which is an array, expected a field of texts, whole numbers or booleans",
        "i | 1.5 | segment 1.5 is no value of i, which is INT32, expected a whole number",
        "b | 1   | segment 1 is no value of b, which is BOOL, expected true or false",
        "i | other | profile.segment-by is i, but the data profile has no segments, expected one made by profile --segment-by i, or the values in profile.segments",
      })
  void refusesWhatMakesNoSegments(String by, String value, String message) {
    assertThatThrownBy(() -> plan(by, DataProfile.empty(), 100, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
