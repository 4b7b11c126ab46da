package dev.sluice.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextCacheTest {
  private final TextCache cache = new TextCache();

  private String get(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(UTF_8);
    return cache.get(bytes, 1, bytes.length - 2);
  }

  @Test
  void aTextSeenBeforeIsTheSameInstance() {
    for (String text : List.of("Dongsi", "Guanyuan", "Zürich")) {
      String first = get(text);
      assertThat(first).isEqualTo(text);
      assertThat(get(text)).isSameAs(first);
    }
  }

  /** The hash is that of strings: these have one, and so share a slot. */
  @Test
  void textsOfOneHashAreToldApart() {
    List<String> collide = List.of("AaAa", "BBBB", "AaBB", "BBAa");
    for (int round = 0; round < 2; round++) {
      for (String text : collide) {
        assertThat(get(text)).isEqualTo(text);
      }
    }
  }

  @Test
  void moreTextsThanSlotsAreAllRight() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 20_000; i++) {
        assertThat(get("station " + i)).isEqualTo("station " + i);
      }
    }
  }

  @Test
  void emptyAndLongTextsAreRight() {
    assertThat(get("")).isEmpty();
    assertThat(get("x".repeat(1_000))).isEqualTo("x".repeat(1_000));
  }
}
