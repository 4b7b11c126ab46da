package dev.sluice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.avro.DeadLetter;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class PlainAvroTest {
  private static final Schema TEXT =
      SchemaBuilder.record("Text").fields().requiredString("text").endRecord();

  @Test
  void nothingButWholeRecordsAreOnes() {
    PlainAvro format = new PlainAvro(TEXT);

    assertThat(format.decode(new byte[] {2, 'a'}).orElseThrow().get("text")).hasToString("a");
    assertThat(format.decode(null)).isEmpty();
    assertThat(format.decode(new byte[0])).isEmpty();
    assertThat(format.decode(new byte[] {2, 'a', 0})).isEmpty();
    assertThat(format.decode(new byte[] {4, 'a'})).isEmpty();
    assertThat(format.decode(new byte[] {1})).isEmpty(); // a length of -1
  }

  @Test
  void aLengthThatIsALieTakesNoMemory() {
    byte[] twoGibibytes = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'a'};

    assertThat(new PlainAvro(TEXT).decode(twoGibibytes)).isEmpty();
  }

  @Test
  void randomBytesAreNoDeadLetters() {
    PlainAvro format = new PlainAvro(DeadLetter.getClassSchema());
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);

      assertThat(format.decode(bytes)).isEmpty();
    }
  }

  /** Avro's own reader would go as deep as the bytes say, to the end of the stack. */
  @Test
  void whatIsNestedTooDeepIsNoRecord() {
    Schema list =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Node", "fields": [
                  {"name": "next", "type": ["null", "Node"]}]}
                """);
    byte[] short3 = {2, 2, 0};
    byte[] deep = new byte[100_000];
    Arrays.fill(deep, 0, deep.length - 1, (byte) 2);

    assertThat(new PlainAvro(list).decode(short3)).isPresent();
    assertThat(new PlainAvro(list).decode(deep)).isEmpty();
  }
}
