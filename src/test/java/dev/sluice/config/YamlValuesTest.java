package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class YamlValuesTest {
  @Test
  void nestedAndFlatKeysAreTheSame() {
    assertThat(read("a: {b.c: 1}\na.b:\n  d: [x, 'y']\ne: \"\" # none\n"))
        .isEqualTo(Map.of("a.b.c", "1", "a.b.d", "x,y", "e", ""));
  }

  @Test
  void scalarsStayAsWritten() {
    assertThat(read("a: 010\nb: yes\nc: 1e3\nd: 0.20\ne: 1:30\n"))
        .isEqualTo(Map.of("a", "010", "b", "yes", "c", "1e3", "d", "0.20", "e", "1:30"));
  }

  @Test
  void anEmptyFileHasNoValues() {
    assertThat(read("")).isEmpty();
    assertThat(read("---\n# nothing\n")).isEmpty();
  }

  @Test
  void aBombIsRefused() {
    assertRefused(
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "job.yaml line 1 has an anchor, expected the value alone");
    assertRefused("a: *b\n", "job.yaml line 1 has an alias, expected the value itself");
    assertRefused("a: " + "{a: ".repeat(100_000), "has deeper nesting, expected at most 16 levels");
    assertRefused("a: " + "[".repeat(100_000), "has a list of lists or mappings");
    assertRefused("a: " + "x".repeat(YamlValues.MAX_LENGTH), "characters, expected at most");
  }

  @Test
  void tagsAreRefused() {
    assertRefused(
        "a: 1\nb: !!javax.script.ScriptEngineManager [x]\n",
        "job.yaml line 2 has the tag tag:yaml.org,2002:javax.script.ScriptEngineManager");
    assertRefused("a: !!str 1\n", "has the tag tag:yaml.org,2002:str, expected the value alone");
    assertRefused("!x {a: 1}\n", "has the tag !x");
    assertRefused("{!x a: 1}\n", "has the tag !x");
  }

  @Test
  void whatIsNoMappingIsRefused() {
    assertRefused("just text\n", "job.yaml line 1 has a single value, expected keys and values");
    assertRefused("- a\n- b\n", "expected keys and values");
    assertRefused("a: 1\n---\nb: 2\n", "has a second document, expected one");
    assertRefused("a: [1\n", "job.yaml is no YAML: ");
    assertRefused("? [a]\n: b\n", "has a key that is no text");
  }

  /** It would be two elements. */
  @Test
  void aCommaInAnElementIsRefused() {
    assertThat(read("a: [x, \"y z\", '']\nb: \"x, y\"\n"))
        .isEqualTo(Map.of("a", "x,y z,", "b", "x, y"));
    for (String list : new String[] {"[\"Berlin, Mitte\", Hamburg]", "\n- Hamburg\n- Berlin,\n"}) {
      String line = list.startsWith("[") ? "2" : "4";
      assertRefused(
          "a: 1\nb: " + list,
          "job.yaml line " + line + " has a list with a comma in an element, expected elements");
    }
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertRefused(
        "a: {b: 1}\na.b: 2\n", "job.yaml line 2 has a second value for a.b, expected one");
  }

  private static Map<String, String> read(String yaml) {
    Map<String, String> values = new TreeMap<>();
    YamlValues.read("job.yaml", yaml, values);
    return values;
  }

  private static void assertRefused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(OptionException.class)
        .hasMessageContaining(message);
  }
}
