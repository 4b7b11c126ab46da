package dev.sluice.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.encode.OutputFraming;
import java.io.IOException;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** Frames as others write them. */
class FramingsTest {
  private static String hex(OutputFraming framing) {
    byte[] bytes = new byte[framing.length()];
    framing.copyTo(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void aSingleObjectBeginsAsAvroWritesIt() throws IOException {
    Schema schema = new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[]}");
    byte[] oracle =
        new byte
            [new BinaryMessageEncoder<>(GenericData.get(), schema)
                .encode(new GenericData.Record(schema))
                .remaining()];
    new BinaryMessageEncoder<>(GenericData.get(), schema)
        .encode(new GenericData.Record(schema))
        .get(oracle);

    assertThat(hex(Framings.singleObject(schema))).isEqualTo(HexFormat.of().formatHex(oracle));
  }

  @Test
  void anIdIsFourBytesAfterAZero() {
    assertThat(hex(Framings.confluent(0x01020304))).isEqualTo("0001020304");
    assertThat(hex(Framings.confluent(-1))).isEqualTo("00ffffffff");
  }
}
