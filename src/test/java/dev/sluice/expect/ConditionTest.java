package dev.sluice.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.expect.Condition.All;
import dev.sluice.expect.Condition.Any;
import dev.sluice.expect.Condition.Comparison;
import dev.sluice.expect.Condition.Literal;
import dev.sluice.expect.Condition.Missing;
import dev.sluice.expect.Condition.Not;
import dev.sluice.expect.Condition.OneOf;
import dev.sluice.expect.Condition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "a==1 | a == 1",
        "PM2.5 >= -1.5e3 | PM2.5 >= -1.5e3",
        "1 < a | a > 1",
        "'x' != a.b | a.b != 'x'",
        "`mean radius` == \"x\" | `mean radius` == 'x'",
        "col(\"x\") == 1 | x == 1",
        "col('a b').isnull() | `a b`.isnull()",
        "a.notnull() | a.notnull()",
        "a.is_not_null() | a.notnull()",
        "a.isna() | a.isnull()",
        "a is null | a.isnull()",
        "a IS NOT NULL | a.notnull()",
        "a in ['x', 1, True] | a in ['x', 1, true]",
        "a not in ('x') | a not in ['x']",
        "a in [] | a in []",
        "a == 1 and b == 2 or c == 3 | (a == 1 and b == 2) or c == 3",
        "#a == 1 & (b == 2 | c == 3)# | a == 1 and (b == 2 or c == 3)",
        "not a == 1 | not a == 1",
        "~(a == 1 && b == 2) | not (a == 1 and b == 2)",
        "!a.isnull() | not a.isnull()",
        "`not` == 1 | `not` == 1",
        "`and` in [1] | `and` in [1]",
        "a == 'it\\'s' | a == 'it\\'s'",
        "a == 'c:\\\\' | a == 'c:\\\\'",
        "a == .5 | a == .5",
        "a == +5. | a == +5.",
      })
  void readsAndWrites(String text, String plain) {
    Condition condition = Condition.parse(text);
    assertThat(condition).hasToString(plain);
    assertThat(Condition.parse(plain)).isEqualTo(condition);
  }

  @Test
  void readsTheParts() {
    assertThat(Condition.parse("a == 1 or not b in ['x']"))
        .isEqualTo(
            new Any(
                List.of(
                    new Comparison("a", Operator.EQUAL, new Literal("1", false)),
                    new Not(new OneOf("b", List.of(new Literal("x", true)), false)))));
  }

  /** What is written is read back the same, whatever the names and texts. */
  @Test
  void readsBackWhatItWrites() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      Condition condition = condition(random, 4);
      assertThat(Condition.parse(condition.toString())).as("%s", condition).isEqualTo(condition);
    }
  }

  private static Condition condition(Random random, int depth) {
    List<String> names =
        List.of("a", "a.b", "PM2.5", "mean radius", "not", "IN", "col", "x.isnull", "北", "2nd");
    String name = names.get(random.nextInt(names.size()));
    return switch (random.nextInt(depth > 0 ? 6 : 3)) {
      case 0 -> new Comparison(name, Operator.values()[random.nextInt(6)], literal(random));
      case 1 -> {
        List<Literal> literals = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          literals.add(literal(random));
        }
        yield new OneOf(name, literals, random.nextBoolean());
      }
      case 2 -> new Missing(name, random.nextBoolean());
      case 3 -> new Not(condition(random, depth - 1));
      case 4 -> new All(List.of(condition(random, depth - 1), condition(random, depth - 1)));
      default -> new Any(List.of(condition(random, depth - 1), condition(random, depth - 1)));
    };
  }

  private static Literal literal(Random random) {
    List<String> texts = List.of("", "x", "it's", "\\", "\\'", "a\nb", "\"", "`", "true", "北京 😀");
    return switch (random.nextInt(3)) {
      case 0 -> new Literal(texts.get(random.nextInt(texts.size())), true);
      case 1 ->
          new Literal(Double.toString(random.nextGaussian() * 1e9).toLowerCase(Locale.ROOT), false);
      default -> new Literal(Boolean.toString(random.nextBoolean()), false);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "## | expected the name of a column at character 1: the end",
        "a | expected one of == != < <= > >= at character 2: the end",
        "a = 1 | at character 2: = 1",
        "a == | expected a text in quotes, a number, true or false at character 5: the end",
        "a == b | expected a text in quotes, a number, true or false at character 6: b",
        "a == 1 b | expected and, or, or the end at character 8: b",
        "0 < a < 5 | expected and, or, or the end at character 7: < 5",
        "(a == 1 | expected ) at character 8: the end",
        "a in [1 | expected ] at character 8: the end",
        "a in 1 | expected [ at character 6: 1",
        "a is 1 | at character 6: 1",
        "a.mean() == 1 | expected isnull() or notnull()",
        "a == 'x | at character 5: 'x",
        "a; drop | at character 2: ; drop",
      })
  void saysWhatIsExpectedWhere(String text, String message) {
    assertThatThrownBy(() -> Condition.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("condition is " + text)
        .hasMessageContaining(message);
  }

  @Test
  void isBounded() {
    String deep = "(".repeat(5_000);
    assertThatThrownBy(() -> Condition.parse(deep)).hasMessageContaining("at most 100 levels");
    String nots = "not ".repeat(2_000) + "a == 1";
    assertThatThrownBy(() -> Condition.parse(nots)).hasMessageContaining("at most 100 levels");
    assertThatThrownBy(() -> Condition.parse("a".repeat(10_001)))
        .hasMessage("condition has 10001 characters, expected at most 10000");
    assertThatThrownBy(() -> Condition.parse("a == " + "x".repeat(9_000)))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400));
    Condition nested = Condition.parse("(".repeat(98) + "not a == 1" + ")".repeat(98));
    assertThat(Condition.parse(nested.toString())).isEqualTo(nested);
  }

  @Test
  void namesItsColumns() {
    Condition condition = Condition.parse("a == 1 and (b in [1] or not c.isnull()) and a > 0");
    assertThat(condition.columns()).containsExactly("a", "b", "c");
    assertThat(condition.comparedColumns()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1f", "NaN", "0x1", "TRUE", "1e", "--1"})
  void refusesLiteralsThatCannotBeRead(String text) {
    assertThatThrownBy(() -> new Literal(text, false))
        .hasMessage(
            "literal is " + text + ", expected a number, true or false, or a text in quotes");
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> new All(List.of())).hasMessageContaining("has no condition");
    assertThatThrownBy(() -> new Any(List.of())).hasMessageContaining("has no condition");
  }

  @Test
  void aNameIsReadBackWhateverItHolds() {
    for (String name : new String[] {"", "a`b", "`", "a b", "it's", "not", "a\\b`"}) {
      Condition missing = new Condition.Missing(name, true);
      assertThat(Condition.parse(missing.toString())).as(name).isEqualTo(missing);
    }
  }
}
