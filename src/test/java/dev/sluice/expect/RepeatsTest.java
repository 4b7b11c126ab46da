package dev.sluice.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a ; 1",
        "a*b+(c?)* ; 1",
        "a{3} ; 3",
        "a{3,} ; 3",
        "a{3,5}? ; 5",
        "a{,3} ; 1",
        "a{03} ; 1",
        "a{0} ; 1",
        "a{3}b{4} ; 4",
        "(a{3}){4} ; 12",
        "(a{3}|b{5}){4} ; 20",
        "(a|(?:b{2}c){3}){4}d{5} ; 24",
        "((a{1000}){1000}){1000} ; 1000000000",
        "(((a{1000}){1000}){1000}){1000} ; 2147483647",
        "((a{3}){0}){4} ; 12",
        "(){3} ; 3",
        "(a{3})*{4} ; 12",
        "\\Q(a{3}){4}\\E{5} ; 5",
        "\\Q(a{3}){4} ; 1",
        "\\(a{3}\\){4} ; 4",
        "\\x{100}\\p{L}\\P{L}{2} ; 2",
        "\\pL{2}\\x41{3} ; 3",
        "[a{3}({4}]{5} ; 5",
        "[]{3}]{5} ; 5",
        "[^]{3}]{5} ; 5",
        "[\\]{3}]{5} ; 5",
        "[[:alpha:]{3}]{5} ; 5",
        "[[:{3}]{5} ; 5",
        "(a{3}{4 ; 3",
        "a{3}){4} ; 12",
        "[a{3} ; 1",
        "a{3}\\ ; 3",
        "(a{3})(?i){4} ; 12",
        "(?i:a{3})(?s)(?i){4} ; 12",
        "(?P<n>a{3}){4}(?<m>b{5}) ; 12",
        "a{3}\\Q\\E{4} ; 12",
      })
  void countsTheCopiesOfAPart(String pattern, long copies) {
    assertThat(Repeats.most(pattern)).isEqualTo(copies);
  }

  /** What stands in the way of a program that grows with the product is the product alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {"a{1000}", "(a{30}){30}", "(?:(?:a{10}){10}){10}", "(){600}", "([a-z]{1,9}){9,}"})
  void countsAsRe2jCompiles(String pattern) {
    assertThat((long) Pattern.compile(pattern).programSize())
        .isBetween(Repeats.most(pattern), 4 * Repeats.most(pattern) + 10);
    assertThat(Patterns.stated(List.of(pattern), false).patterns()).containsExactly(pattern);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "abc|d*?|[^a-z]+|",
        "(?i:k\\pL)(?P<name>.)^\\b$",
        "\\Qa{3}\\E{2}",
        "(a{1,5}|b{3,}){2,4}",
        "(?:a{0,9}){7}",
        "((){3}|(?:)){300}",
        "(?:a?b+?(c|d|){3}){9,}",
        "\\x{1F600}{3}\\p{Greek}{4}[[:alpha:]\\]]{5}😀",
        "(abcdefghijklmnopqrstuvwxyz0123456789){1000}",
        "(?:a{30}){30}(?i){30}",
        "^{0,}(?:|\\b|$){0,3}",
      })
  void isAsLargeAsRe2jCompilesAtMost(String pattern) {
    long instructions = Pattern.compile(pattern).programSize();
    assertThat(Repeats.size(pattern)).isBetween(instructions, 4 * instructions);
  }

  /** The most are what a search passes, for there is nothing else to pass. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "abc[d-f]. ; 0",
        "\\Q^$|()\\E ; 0",
        "\\^\\$ ; 0",
        "^\\b$ ; 3",
        "a?b+c* ; 3",
        "(?:a?b?)* ; 7",
        "a|b|c|d ; 4",
        "aaa|aab|aac|baa|bab|bac|caa|cab|cac ; 6",
        "aaa|aab|aac|baa|bab|bac|bad|bae|caa ; 8",
        "aaa|a?b|aac|aad|aae|aaf ; 7",
        "aa|a|ac|\\x61d|ae|a(f)|ag ; 10",
        "ka|kb|Kc|Kd|kd|ke|ka|Kb ; 8",
        "aa|ab|(?i)ac|ad|ae|af ; 6",
        "(?:|ab|ac|ad|ae|af)* ; 11",
        "(?P<name>a)(?i) ; 3",
        "a{1000} ; 0",
        "a{1,1000} ; 3",
        "(a?b){1000} ; 8",
        "(a?){1000} ; 4000",
        "(a?){0,1000} ; 5001",
        "(?:^|a|b){3} ; 21",
        "(?:a|b|){3} ; 18",
        "(((a?){1000}){1000}){1000}; 2147483647",
      })
  void countsWhatReadsNoCharacter(String pattern, long steps) {
    assertThat(Repeats.steps(pattern)).isEqualTo(steps);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "abc|d ; 4",
        "a|ab|abc|abcd ; 10",
        "a|b|c|d|e|f ; 13",
        "a|b|c|d|e|f|g{1,9} ; 32",
        "((a)) ; 7",
        "(a*|b)+ ; 9",
        "a{0,1000} ; 2001",
        "a{1000} ; 3",
        "(a{2,5}b{3,})? ; 11"
      })
  void countsPartsWithinParts(String pattern, long depth) {
    assertThat(Repeats.depth(pattern)).isEqualTo(depth);
  }

  @Test
  void manyPartsAreRefusedBeforeTheyAreCopied() {
    String long1000 = "(" + "ab".repeat(15_000) + "){1000}";
    assertThatThrownBy(() -> Patterns.stated(List.of(long1000), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "regular expression is (%sa…, which has 30004003 parts with its repeats, expected at"
                + " most 1000000",
            "ab".repeat(99));
    assertThat(Repeats.size("(((a{1000}){1000}){1000}){1000}")).isEqualTo(Integer.MAX_VALUE);
    assertThat(Patterns.compile("(" + "a".repeat(900) + "){1000}")).isNotNull();
  }

  /** A job reads its own state, whatever it was stated under. */
  @Test
  void whatIsNotStatedMayBeOfAnySize() {
    assertThat(new Patterns(List.of("([a-z]{1,63}\\.){1,126}"), false).patterns()).hasSize(1);
  }

  @Test
  void manyCopiesAreRefusedBeforeTheyAreMade() {
    assertThatThrownBy(() -> Patterns.stated(List.of("((a{1000}){1000}){1000}"), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "regular expression is ((a{1000}){1000}){1000}, whose repeats make 1000000000 copies of"
                + " a part, expected at most 1000");
    assertThat(catchThrowable(() -> Patterns.compile("(a{1001,2})")))
        .isInstanceOf(PatternSyntaxException.class);
  }
}
