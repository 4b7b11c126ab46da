package dev.sluice.expect.gx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bounds of whole numbers of 64 bits are what is stated, or are refused. */
class SuiteBoundsTest {
  /** Columns of one type, in nanoseconds where they are points in time. */
  private record OneType(ElementType type) implements SuiteColumns {
    @Override
    public Optional<ElementType> type(String column) {
      return Optional.of(type);
    }

    @Override
    public Optional<ChronoUnit> times(String column) {
      return Optional.of(ChronoUnit.NANOS);
    }
  }

  private static SuiteTranslation between(ElementType type, String... bounds) throws IOException {
    String entries =
        Stream.of(bounds)
            .map(
                bound ->
                    "{'type': 'expect_column_values_to_be_between',"
                        + (" 'kwargs': {'column': 'c', " + bound + "}}"))
            .collect(Collectors.joining(","));
    String suite = "{'expectations': [" + entries + "]}";
    byte[] json = suite.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return GreatExpectationsSuite.read(new ByteArrayInputStream(json), "suite.json")
        .translate(new OneType(type), Map.of(), Severity.CRITICAL);
  }

  private static List<Bounds> bounds(SuiteTranslation translation) {
    return translation.expectations().stream()
        .map(Expectation::parameters)
        .map(Bounds.class::cast)
        .toList();
  }

  @Test
  void takesWholeNumbersThatDoublesHold() throws IOException {
    SuiteTranslation translation =
        between(
            ElementType.INT64,
            "'max_value': 9007199254740994",
            "'max_value': 1000000000000000000000001",
            "'min_value': 0.1");
    assertThat(bounds(translation))
        .containsExactly(
            Bounds.of(null, 9007199254740994.0), Bounds.of(null, 1e24), Bounds.of(0.1, null));
  }

  @Test
  void takesTheEndsOf64Bits() throws IOException {
    SuiteTranslation translation =
        between(
            ElementType.INT64,
            "'min_value': 0, 'max_value': 9223372036854775807",
            "'min_value': -9223372036854775808, 'max_value': 9223372036854775809");
    assertThat(bounds(translation))
        .containsExactly(Bounds.of(0.0, 0x1p63), Bounds.of(-0x1p63, 0x1p63));
    assertThat(
            between(
                    ElementType.INT64,
                    "'max_value': 9223372036854775807, 'strict_max': true",
                    "'min_value': 9223372036854775807",
                    "'min_value': -9223372036854775809, 'strict_min': true")
                .unsupported())
        .hasSize(3);
  }

  @Test
  void refusesOthers() throws IOException {
    SuiteTranslation translation =
        between(
            ElementType.INT64,
            "'max_value': 9007199254740993",
            "'min_value': -9223372036854775807, 'max_value': 0");
    assertThat(translation.unsupported())
        .extracting(SuiteTranslation.Listed::reason)
        .containsExactly(
            "max_value is 9007199254740993, expected a number that a double holds, such as"
                + " 9007199254740992",
            "min_value is -9223372036854775807, expected a number that a double holds, such as"
                + " -9223372036854775808");
    assertThat(bounds(between(ElementType.DOUBLE, "'max_value': 9007199254740993")))
        .containsExactly(Bounds.of(null, 9007199254740992.0));
  }

  @Test
  void refusesTimesBetweenDoubles() throws IOException {
    SuiteTranslation translation =
        between(
            ElementType.INT64,
            "'min_value': '2024-01-01 10:00:01'",
            "'min_value': '2024-01-01 10:00:01.000000001'");
    assertThat(bounds(translation)).containsExactly(Bounds.of(1_704_103_201_000_000_000.0, null));
    assertThat(translation.unsupported())
        .extracting(SuiteTranslation.Listed::reason)
        .containsExactly(
            "min_value 2024-01-01 10:00:01.000000001 is 1704103201000000001, expected a number"
                + " that a double holds, such as 1704103201000000000");
  }
}
