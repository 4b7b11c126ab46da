package dev.sluice.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProducerTest {
  @Test
  void isTheLastHeaderOfTheName() {
    assertThat(of(header("a", "x"), header("sender", "north"), header("sender", "south")))
        .isEqualTo("south");
    assertThat(of(header("Sender", "north"))).isEqualTo(Producer.UNKNOWN);
    assertThat(of()).isEqualTo(Producer.UNKNOWN);
    assertThat(of(new Header("sender", null))).isEqualTo(Producer.UNKNOWN);
    assertThat(of(header("sender", " "))).isEqualTo(Producer.UNKNOWN);
  }

  @Test
  void isBounded() {
    assertThat(of(header("sender", "x".repeat(1_000_000)))).hasSize(100);
    String smiles = of(header("sender", "\uD83D\uDE00".repeat(500)));
    assertThat(smiles.codePointCount(0, smiles.length())).isEqualTo(100);
    assertThat(of(header("sender", "a\nb\u0000c"))).isEqualTo("a b c");
    assertThat(of(new Header("sender", new byte[] {'a', (byte) 0xff}))).isEqualTo("a\uFFFD");
  }

  @Test
  void isOneOfAHundred() {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < Producer.MAX_PRODUCERS; i++) {
      assertThat(Producer.bounded("p" + i, known)).isEqualTo("p" + i);
      known.add("p" + i);
    }
    assertThat(Producer.bounded("p100", known)).isEqualTo(Producer.OTHER);
    assertThat(Producer.bounded("p99", known)).isEqualTo("p99");
    assertThat(Producer.bounded(Producer.UNKNOWN, known)).isEqualTo(Producer.UNKNOWN);
  }

  private static String of(Header... headers) {
    return Producer.producerOf(new EncodedRecord("t", 0, 0, 0, null, null, headers), "sender");
  }

  private static Header header(String name, String value) {
    return new Header(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
