package dev.sluice.profile.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.MaxAge;
import dev.sluice.expect.NoParameters;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.PairSet;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.Patterns;
import dev.sluice.expect.QuantileBounds;
import dev.sluice.expect.SumRule;
import dev.sluice.expect.TextBounds;
import dev.sluice.expect.ValueSet;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.statistics.ColumnStatistics;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Expectations in a profile's file: what is written is read back, what is wrong is named. */
class ExpectationFileTest {
  @ParameterizedTest
  @EnumSource(ExpectationType.class)
  void readsBackEveryType(ExpectationType type) throws IOException {
    List<String> columns = List.of("a", "b b", "c.d").subList(0, Math.min(3, type.minColumns()));
    Expectation plain = Expectation.of(type, columns, parameters(type), Severity.CRITICAL);
    Expectation full = plain.withSeverity(Severity.INFO).asSuggested();
    if (type.scope() == ExpectationScope.RECORD) {
      full = full.withMostly(0.95).withWhen(Condition.parse("`b b` == 'it\\'s' and not c in [1]"));
    }
    Expectation nan =
        type.asksForMissing() ? full.withNanMissing() : full.withSeverity(Severity.WARNING);
    DataProfile profile = profile(List.of(plain, full, nan));
    assertThat(read(DataProfileFile.toBytes(profile)).expectations())
        .containsExactly(plain, full, nan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "'type':'RANGE','columns':['a'],'min':2,'max':1 | min",
        "'type':'RANGE','columns':['a'] | neither min nor max",
        "'type':'RANGES','columns':['a'] | RANGES",
        "'type':'REGEX','columns':['a'],'patterns':['a('] | a(, expected RE2 syntax",
        "'type':'PAIR_EQUAL','columns':['a'] | expected 2, each once",
        "'type':'FRESHNESS','columns':['a'],'maxAge':'1h' | PT1H",
        "'type':'PRESENT','columns':['a'],'mostly':1.5 | expected 0 to 1",
        "'type':'PRESENT','columns':['a'],'when':'b ==' | condition is b ==",
        "'type':'PRESENT','columns':['a'],'often':1 | often",
        "'type':'NOT_NAN','columns':['a'],'nanIsMissing':true | expected false for NOT_NAN",
        "'type':'PAIR_EQUAL','columns':['a','b'],'missingEqual':true | expected false for PAIR_EQUAL",
        "'type':'REGEX','columns':['a'],'patterns':['(a{100}){11}'] | 1100 copies of a part, expected at most 1000",
        "'type':'RANGE','columns':['a'],'min':-9007199254740993 | .min is -9007199254740993, expected a number that a double holds, such as -9007199254740992",
        "'type':'SUM','columns':['a','b'],'max':9007199254740993 | .max is 9007199254740993",
      })
  void namesThePlaceOfWhatIsWrong(String fields, String message) {
    assertThatThrownBy(() -> readWith(fields.replace('\'', '"')))
        .isInstanceOf(DataProfileException.class)
        .hasMessageStartingWith("p.json: expectations[0]")
        .hasMessageContaining(message);
  }

  @Test
  void takesDefaults() throws IOException {
    assertThat(readWith("\"type\":\"PAIR_EQUAL\",\"columns\":[\"a\",\"b\"]").expectations())
        .containsExactly(
            Expectation.of(
                ExpectationType.PAIR_EQUAL,
                List.of("a", "b"),
                new PairRule(false, IgnoreRowIf.ANY_MISSING),
                Severity.INFO));
  }

  @Test
  void readsBackThatMissingValuesAreEqual() throws IOException {
    Expectation different =
        Expectation.of(
            ExpectationType.ALL_DIFFERENT,
            List.of("a", "b"),
            new PairRule(false, IgnoreRowIf.NEVER, true),
            Severity.INFO);
    assertThat(read(DataProfileFile.toBytes(profile(List.of(different)))).expectations())
        .containsExactly(different);
  }

  /** Of values that are whole numbers, but not of others, nor of statistics. */
  @Test
  void boundsOfWholeNumbersAreWhatADoubleHolds() throws IOException {
    String bound = "\"type\":\"%s\",\"columns\":[\"a\"],\"max\":%s";
    assertThat(readWith(bound.formatted("MEAN", "9007199254740993")).expectations()).hasSize(1);
    assertThat(readWith(bound.formatted("RANGE", "9007199254740994")).expectations()).hasSize(1);
    assertThat(readWith(bound.formatted("RANGE", "9.3E18")).expectations()).hasSize(1);
    for (ElementType type : List.of(ElementType.INT64, ElementType.DOUBLE)) {
      ColumnProfile column = ColumnStatistics.withoutBaseline(type).toProfile("a", type, List.of());
      String file =
          new String(DataProfileFile.toBytes(Baselines.ofColumn(column)), StandardCharsets.UTF_8)
              .replaceFirst(
                  "\"expectations\": \\[]",
                  "\"expectations\": [{\"type\":\"RANGE\",\"max\":9007199254740993,"
                      + "\"severity\":\"INFO\"}]");
      Throwable thrown = catchThrowable(() -> read(file.getBytes(StandardCharsets.UTF_8)));
      if (type == ElementType.DOUBLE) {
        assertThat(thrown).isNull();
      } else {
        assertThat(thrown)
            .hasMessage(
                "p.json: columns[0].expectations[0].max is 9007199254740993, expected a number that"
                    + " a double holds, such as 9007199254740992");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '#',
      value = {
        "'max':9223372036854775807, true",
        "'max':9223372036854775807.0, true",
        "'max':9223372036854775806, false",
        "'max':9223372036854775807;'strictMax':true, false",
        "'max':9223372036854775809;'strictMax':true, true",
        "'min':9223372036854775807, false",
        "'min':-9223372036854775808;'strictMin':true, true",
        "'min':-9223372036854775809, true",
        "'min':-9223372036854775809;'strictMin':true, false",
        "'max':-9223372036854775809, false",
      })
  void boundsAtTheEndsOf64BitsAreTaken(String bounds, boolean isTaken) {
    for (String type : List.of("'RANGE','columns':['a']", "'SUM','columns':['a','b']")) {
      String fields = "'type':" + type + "," + bounds;
      Throwable thrown =
          catchThrowable(() -> readWith(fields.replace('\'', '"').replace(';', ',')));
      assertThat(thrown == null).as("%s: %s", fields, thrown).isEqualTo(isTaken);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '#',
      value = {
        "DOUBLE, a, 'RANGE','columns':['a'], true",
        "FLOAT, a[0], 'RANGE','columns':['a'], true",
        "DOUBLE, b, 'SUM','columns':['a';'b'], true",
        "DOUBLE, b, 'RANGE','columns':['a'], false",
        "INT64, a, 'RANGE','columns':['a'], false",
        "INT64, b, 'SUM','columns':['a';'b'], false",
      })
  void boundsOfColumnsThatAreKnownToHoldDoublesNeedNotBeExact(
      ElementType valueType, String name, String type, String columns, boolean isTaken) {
    ColumnProfile column =
        ColumnStatistics.withoutBaseline(valueType).toProfile(name, valueType, List.of());
    String fields = "'type':" + type + "," + columns.replace(';', ',') + ",'max':9007199254740993";
    Throwable thrown =
        catchThrowable(() -> readWith(Baselines.ofColumn(column), fields.replace('\'', '"')));
    assertThat(thrown == null).as("%s", thrown).isEqualTo(isTaken);
  }

  private static Parameters parameters(ExpectationType type) {
    Class<? extends Parameters> kind = type.parameters();
    if (kind == NoParameters.class) {
      return NoParameters.NONE;
    } else if (kind == Bounds.class) {
      return new Bounds(-1.5, 1e300, true, true);
    } else if (kind == TextBounds.class) {
      return new TextBounds("", "é'😀", true, false);
    } else if (kind == ValueSet.class) {
      return new ValueSet(Set.of("", "7", "\"é\" 😀"));
    } else if (kind == Patterns.class) {
      return new Patterns(List.of("^a\\d+$", "\\\\"), true);
    } else if (kind == MaxAge.class) {
      return new MaxAge(Duration.ofMillis(1500));
    } else if (kind == PairRule.class) {
      return new PairRule(true, IgnoreRowIf.NEVER);
    } else if (kind == PairSet.class) {
      return new PairSet(
          List.of(new PairSet.Pair("x", null), new PairSet.Pair(null, "1")),
          IgnoreRowIf.ALL_MISSING);
    } else if (kind == SumRule.class) {
      return new SumRule(Bounds.of(null, 3.0), IgnoreRowIf.NEVER);
    } else if (kind == QuantileBounds.class) {
      return new QuantileBounds(
          List.of(new QuantileBounds.QuantileBound(0.5, Bounds.of(1.0, null))));
    }
    return new Divergence(List.of(), List.of("a", "b"), List.of(0.25, 0.75), 0.1, 0.01, 0.02);
  }

  /** Reads a profile with one expectation of these fields and a severity. */
  private static DataProfile readWith(String fields) throws IOException {
    return readWith(profile(List.of()), fields);
  }

  private static DataProfile readWith(DataProfile profile, String fields) throws IOException {
    String file = new String(DataProfileFile.toBytes(profile), StandardCharsets.UTF_8);
    String expectations = "\"expectations\": [{" + fields + ",\"severity\":\"INFO\"}], \"creator\"";
    assertThat(file).contains("\"creator\"");
    String given = file.replace("\"creator\"", expectations);
    return read(given.getBytes(StandardCharsets.UTF_8));
  }

  private static DataProfile read(byte[] bytes) throws IOException {
    return DataProfileFile.read(new ByteArrayInputStream(bytes), "p.json");
  }

  private static DataProfile profile(List<Expectation> expectations) {
    return Baselines.expecting(expectations);
  }
}
