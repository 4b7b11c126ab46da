package dev.sluice.profile.build;

import static dev.sluice.expect.ExpectationType.LENGTH;
import static dev.sluice.expect.ExpectationType.PRESENT;
import static dev.sluice.expect.ExpectationType.SET;
import static dev.sluice.expect.ExpectationType.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestedExpectationsTest {
  @Test
  void suggestsRangesThatAreRoundedOutwards() {
    check(0, 500, 0.0, 1000.0);
    check(982.4, 1042.8, 920.0, 1200.0);
    check(-16.8, 40.5, -75.0, 98.0);
    check(0.2, 0.3, 0.1, 0.4);
    check(5, 5, 0.0, 10.0);
    check(0, 0, 0.0, 1.0);
    check(-1e308, 1e308, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** A profile's reader refuses whole numbers that are none of a double. */
  @Test
  void suggestsRangesOfLargeWholeNumbersThatAreReadAgain() throws IOException {
    double[][] extremes = {
      {0x1p53 + 2, 0x1p53 + 4},
      {1.7e18, 1704103201000000001.0},
      {-0x1p63, 0x1p63},
      {-1234567890123456789.0, -1234567890123456789.0}
    };
    for (double[] values : extremes) {
      NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
      numbers.add(values, 2);
      ColumnProfile column = numbers.toProfile("x", ElementType.INT64, List.of());
      DataProfile profile =
          Baselines.ofColumn(column.withExpectations(SuggestedExpectations.of(column)));
      Bounds range = (Bounds) SuggestedExpectations.range("x", values[0], values[1]).parameters();
      assertThat(range.min()).isLessThan(values[0]);
      assertThat(range.max()).isGreaterThan(values[1]);
      byte[] file = DataProfileFile.toBytes(profile);
      assertThat(DataProfileFile.read(new ByteArrayInputStream(file), "p").allExpectations())
          .isEqualTo(profile.allExpectations());
    }
  }

  private static void check(double min, double max, double from, double to) {
    Expectation range = SuggestedExpectations.range("x", min, max);
    assertThat(range.parameters()).isEqualTo(Bounds.of(from, to));
  }

  @Test
  void suggestsOnlyWhatTheDataMeets() {
    NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
    numbers.add(new double[] {1, 2}, 2);
    assertThat(suggested(numbers))
        .containsExactly(
            ExpectationType.TYPE,
            ExpectationType.PRESENT,
            ExpectationType.FINITE,
            ExpectationType.NOT_NAN,
            ExpectationType.RANGE);
    numbers.addMissing(1);
    numbers.add(new double[] {Double.NaN, Double.NEGATIVE_INFINITY}, 2);
    assertThat(suggested(numbers))
        .containsExactly(
            ExpectationType.TYPE, ExpectationType.MISSING_SHARE, ExpectationType.RANGE);
  }

  /**
   * Upper ends as scipy 1.10.1 gives them: binomtest(hits, trials).proportion_ci(0.99, "wilson").
   */
  @ParameterizedTest
  @CsvSource({
    "0, 656, 0.010013",
    "0, 657, 0.009998",
    "1, 1000, 0.008461",
    "13, 100, 0.240011",
    "100, 100, 1"
  })
  void boundsAShare(long hits, long trials, double upper) {
    assertThat(Wilson.upper(hits, trials)).isCloseTo(upper, within(1e-6));
  }

  @Test
  void boundsTheShareOfMissingValues() {
    NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
    numbers.add(new double[87], 87);
    numbers.addMissing(13);
    ColumnProfile profile = numbers.toProfile("x", ElementType.FLOAT, List.of());
    assertThat(SuggestedExpectations.of(profile))
        .contains(
            Expectation.of(
                    ExpectationType.MISSING_SHARE,
                    List.of("x"),
                    Bounds.of(0.0, 0.25),
                    Severity.INFO)
                .asSuggested());
  }

  @Test
  void suggestsASetWhereTheDataSupportIt() {
    assertThat(types(texts(50, 700))).containsExactly(TYPE, PRESENT, SET);
    assertThat(types(texts(51, 714))).containsExactly(TYPE, PRESENT, LENGTH);
    assertThat(types(texts(2, 657))).contains(SET);
    assertThat(types(texts(2, 656))).doesNotContain(SET);
    TextStatistics once = texts(50, 700);
    once.add("v0123456789");
    assertThat(types(once))
        .as("one value seen once, of 701")
        .containsExactly(TYPE, PRESENT, LENGTH);
  }

  @Test
  void onlyWhatMakesTheModelFailIsCritical() {
    ColumnProfile profile = texts(3, 900).toProfile("x", ElementType.STRING, List.of());
    assertThat(SuggestedExpectations.of(profile))
        .allMatch(Expectation::suggested)
        .allMatch(e -> (e.severity() == Severity.WARNING) == (e.type() == PRESENT));
  }

  @Test
  void eachSuggestionHasItsSeverity() {
    NumberStatistics doubles = new NumberStatistics(Grid.universal(), 20);
    doubles.add(new double[] {1.5, 2.5}, 2);
    assertThat(severities(doubles.toProfile("x", ElementType.DOUBLE, List.of())))
        .containsExactly(
            "TYPE CRITICAL",
            "PRESENT WARNING",
            "FINITE CRITICAL",
            "NOT_NAN CRITICAL",
            "RANGE CRITICAL");
    NumberStatistics whole = new NumberStatistics(Grid.universal(), 20);
    for (int i = 0; i < 900; i++) {
      whole.add(new double[] {i % 3}, 1);
    }
    assertThat(severities(whole.toProfile("x", ElementType.INT32, List.of())))
        .containsExactly("TYPE CRITICAL", "PRESENT WARNING", "RANGE CRITICAL", "SET WARNING");
    assertThat(severities(texts(3, 900).toProfile("x", ElementType.STRING, List.of())))
        .containsExactly("TYPE CRITICAL", "PRESENT WARNING", "SET CRITICAL");
    TextStatistics open = texts(51, 714);
    open.addMissing(1);
    assertThat(severities(open.toProfile("x", ElementType.STRING, List.of())))
        .containsExactly("TYPE CRITICAL", "MISSING_SHARE INFO", "LENGTH WARNING");
  }

  private static List<String> severities(ColumnProfile profile) {
    return SuggestedExpectations.of(profile).stream()
        .map(expectation -> expectation.type() + " " + expectation.severity())
        .toList();
  }

  /** So many different texts, in turn. */
  private static TextStatistics texts(int distinct, int rows) {
    TextStatistics texts = new TextStatistics(1000);
    for (int i = 0; i < rows; i++) {
      texts.add("v" + i % distinct);
    }
    return texts;
  }

  private static List<ExpectationType> types(TextStatistics texts) {
    return SuggestedExpectations.of(texts.toProfile("x", ElementType.STRING, List.of())).stream()
        .map(Expectation::type)
        .toList();
  }

  private static List<ExpectationType> suggested(NumberStatistics numbers) {
    return SuggestedExpectations.of(numbers.toProfile("x", ElementType.FLOAT, List.of())).stream()
        .map(Expectation::type)
        .toList();
  }

  /** Of long texts and of large whole numbers not all is counted that tells them apart. */
  @Test
  void suggestsNoSetOfValuesThatAreNotWhole() {
    for (int length : new int[] {255, 256, 300}) {
      TextStatistics texts = new TextStatistics(1000);
      for (int i = 0; i < 900; i++) {
        texts.add(i % 2 == 0 ? "a" : "b".repeat(length));
      }
      assertThat(types(texts)).contains(length < 256 ? SET : LENGTH).hasSize(3);
    }
    String pair = "\uD83D\uDE00";
    for (String text : List.of(pair.repeat(127), pair.repeat(150), "b" + pair.repeat(150))) {
      TextStatistics texts = new TextStatistics(1000);
      for (int i = 0; i < 900; i++) {
        texts.add(i % 2 == 0 ? "a" : text);
      }
      assertThat(types(texts))
          .as("%d characters of two units", text.length())
          .contains(text.length() < 256 ? SET : LENGTH)
          .hasSize(3);
    }
    for (double largest : new double[] {0x1p53 - 1, 0x1p53, -0x1p53, 1234567890123456789.0}) {
      NumberStatistics numbers = new NumberStatistics(Grid.universal(), 20);
      for (int i = 0; i < 900; i++) {
        numbers.add(new double[] {i % 2 == 0 ? 7 : largest}, 1);
      }
      List<ExpectationType> types =
          SuggestedExpectations.of(numbers.toProfile("x", ElementType.INT64, List.of())).stream()
              .map(Expectation::type)
              .toList();
      assertThat(types.contains(SET)).as("%s", largest).isEqualTo(largest == 0x1p53 - 1);
    }
  }
}
