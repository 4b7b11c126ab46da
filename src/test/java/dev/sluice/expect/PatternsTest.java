package dev.sluice.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RE2/J takes each step without a character within the one before, until the stack is full. */
class PatternsTest {
  private static final int SHOWN = 200;
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyz"
          .chars()
          .mapToObj(c -> (char) c + "?")
          .collect(Collectors.joining());

  static List<String> deep() {
    return List.of(
        "^(?:" + LETTERS + "){1000}$",
        "k(?:" + LETTERS + "){1000}$",
        words(5000),
        "(".repeat(20_000) + "a" + ")".repeat(20_000),
        "^".repeat(20_000),
        "(?:a?b?){1000}",
        "(){1000}",
        "(?:^|\\b|(?:a*b)?){700}");
  }

  @ParameterizedTest
  @MethodSource("deep")
  void whatWouldFillAStackIsRefused(String pattern) {
    assertThatThrownBy(() -> Patterns.stated(List.of(pattern), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "regular expression is %s, which has %d groups, alternatives, options and anchors in a"
                + " row, expected at most 2000",
            pattern.length() > SHOWN ? pattern.substring(0, SHOWN) + "…" : pattern,
            Repeats.steps(pattern));
    assertThatThrownBy(() -> Patterns.compile(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("regular expression is ");
  }

  @Test
  void optionsWithinManyGroupsAreRefused() {
    Patterns.stated(List.of("(".repeat(60) + "a{0,1000}" + ")".repeat(60)), false);
    assertThatThrownBy(
            () -> Patterns.stated(List.of("(".repeat(500) + "a{0,1000}" + ")".repeat(500)), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("…, which has 3501 parts within each other, expected at most 2200");
  }

  @Test
  void manyAlternativesThatBeginAlikeAreRefused() {
    String alike =
        IntStream.rangeClosed(1, 800).mapToObj("a"::repeat).collect(Collectors.joining("|"));
    assertThatThrownBy(() -> Patterns.stated(List.of(alike), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("…, which has 2398 parts within each other, expected at most 2200");
  }

  static List<String> bounded() {
    return List.of(
        words(800),
        words(1990),
        "^(?:" + codes(5000) + ")$",
        "(?:(?i)" + codes(5000) + ")*$",
        "^(?:" + codes(800) + "|[a-z]{1,800})$",
        "(){660}",
        "^(?:" + LETTERS + "){68}$",
        "k(?:" + LETTERS + "){68}$",
        "(?:k(?:" + LETTERS + "){68})*$",
        "(?:a|ab|abc|){280}\\z",
        "(?:^|$|\\b|\\B){140}",
        "(".repeat(666) + "k" + ")".repeat(666),
        "(?:a".repeat(330) + ")*".repeat(330),
        "(?:a".repeat(200) + "[a-z]{0,600}" + ")*".repeat(200),
        IntStream.rangeClosed(1, 700).mapToObj("a"::repeat).collect(Collectors.joining("|")),
        "[a-z]{0,1000}k[a-z]{0,1000}");
  }

  @ParameterizedTest
  @MethodSource("bounded")
  void whatIsTakenFitsOnASmallStack(String pattern) throws Exception {
    assertThat(Repeats.steps(pattern)).isLessThanOrEqualTo(Repeats.MAX_STEPS);
    Patterns.stated(List.of(pattern), false);
    Pattern compiled = Patterns.compile(pattern);
    for (String text :
        List.of("", "k", "kk", "ka", "ab", " a ", "HHHHKH", "kabcz".repeat(20), "a".repeat(500))) {
      assertThatCode(() -> search(compiled, text)).as(text).doesNotThrowAnyException();
    }
  }

  /** Half of what tasks have. */
  private static void search(Pattern pattern, String text) throws Exception {
    FutureTask<Boolean> task = new FutureTask<>(() -> pattern.matcher(text).find());
    new Thread(null, task, "small", 512 << 10).start();
    task.get(60, TimeUnit.SECONDS);
  }

  /** Sorted, so that many adjacent ones begin with the same letters. */
  private static String codes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "%c%c%c".formatted('A' + i / 676, 'A' + i / 26 % 26, 'A' + i % 26))
        .collect(Collectors.joining("|"));
  }

  private static String words(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> (char) ('a' + i * 7 % 26) + "x" + i)
        .collect(Collectors.joining("|", "^(?:", ")$"));
  }
}
