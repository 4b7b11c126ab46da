package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.RowCounts;
import dev.sluice.report.Series.Number;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes first where memory is short, and what stays. */
class HistoryMemoryTest {
  private static final int COLUMNS = 40;

  private static void add(History history, String segment, int hour, ColumnProfile column) {
    history.add(
        SampleProfiles.record(
            ProfileKind.INPUT,
            SampleProfiles.MODEL,
            SampleProfiles.window(segment, hour, 0),
            RowCounts.of(12),
            column));
  }

  /** A column with a distribution of some kilobytes. */
  private static ColumnProfile column(int number, double psi) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < Shape.MAX_VALUES; i++) {
      values.put("a value of the column " + i, 100L - i);
    }
    return SampleProfiles.texts("c" + number, values, psi);
  }

  private static ColumnHistory known(History history, String segment, int number) {
    SegmentHistory found =
        history.model(KEY).orElseThrow().find(ProfileKind.INPUT, segment).orElseThrow();
    return found.column("c" + number);
  }

  @Test
  void distributionsOfSegmentsGoBeforeThoseOfAllRecordsAndBeforeWindows() {
    long budget = 2 << 20;
    History history = new History(budget);
    for (int hour = 0; hour < 3; hour++) {
      for (int number = 0; number < COLUMNS; number++) {
        add(history, "", hour, column(number, number == 7 ? 0.9 : 0.05));
      }
      for (int segment = 0; segment < 20; segment++) {
        for (int number = 0; number < COLUMNS; number++) {
          add(history, "s" + segment, hour, column(number, 0.05));
          assertThat(history.bytes()).isLessThan(budget + budget / 8);
        }
      }
    }
    assertThat(known(history, "", 7).shapeBytes()).as("the column that drifted").isPositive();
    assertThat(known(history, "s0", 7).shapeBytes()).isZero();
    ColumnHistory gone = known(history, "s0", 0);
    assertThat(gone.series().size()).as("its windows").isEqualTo(3);
    assertThat(gone.series().number(Number.VALUE, 2)).isEqualTo(0.05f);
    assertThat(gone.status()).isEqualTo(Status.OK);
  }

  @Test
  void distributionsThatWereLetGoAreNotKnown() throws Exception {
    History history = new History();
    add(history, "", 0, column(0, 0.9));
    known(history, "", 0).dropShapes();
    JsonNode column = Documents.column(history, ProfileKind.INPUT, "c0");
    assertThat(column.toString()).contains("\"status\":\"DRIFT\"").doesNotContain("a value of");
    assertThat(column.get("newest").get("forgotten").booleanValue()).isTrue();
    assertThat(column.get("newest").get("distribution").isNull()).isTrue();
  }

  @Test
  void besideABaselineTheyAreSaidToBeForgotten() throws Exception {
    History history = new History();
    for (ColumnProfile column : List.of(column(0, 0.9), SampleProfiles.numbers("c1", 0.9))) {
      add(history, "", 0, column);
    }
    ModelCard card = SampleProfiles.card(column(0, 0.9), SampleProfiles.numbers("c1", 0.9));
    assertThat(newest(history, 0, card).get("forgotten").booleanValue()).isFalse();
    for (int number = 0; number < 2; number++) {
      known(history, "", number).dropShapes();
      JsonNode newest = newest(history, number, card);
      assertThat(newest.get("forgotten").booleanValue()).isTrue();
      assertThat(newest.get("distribution").get("window").isNull()).isTrue();
      assertThat(newest.get("distribution").get("reference")).isNotEmpty();
    }
  }

  private static JsonNode newest(History history, int number, ModelCard card) throws IOException {
    return Documents.column(history, ProfileKind.INPUT, "c" + number, card).get("newest");
  }

  @Test
  void alarmsAreBoundedHoweverLongTheirTextsAre() {
    History history = new History();
    String text = "x".repeat(100_000);
    for (int hour = 0; hour < 300; hour++) {
      Alarm alarm = SampleProfiles.alarm("c" + hour, hour);
      history.add(alarm.cleared(alarm.window(), AlarmCourse.NONE, text));
    }
    assertThat(history.alarms(KEY)).hasSizeBetween(70, 90);
    assertThat(history.droppedAlarms()).isEqualTo(300 - history.alarms(KEY).size());
  }
}
