package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.DeadLetter;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class OutputFramingTest {
  private static Schema schema(String name) throws IOException {
    return new Schema.Parser().parse(new File("schemas/" + name + ".avsc"));
  }

  private static byte[] prefix(OutputFraming framing) {
    byte[] prefix = new byte[framing.length()];
    framing.copyTo(prefix);
    return prefix;
  }

  @Test
  void aSingleObjectBeginsAsAvroItselfWritesIt() throws IOException {
    Schema schema = new Schema.Parser().parse("[\"null\", \"long\"]");
    ByteBuffer message = new BinaryMessageEncoder<>(GenericData.get(), schema).encode(null);
    byte[] expected = new byte[10];
    message.get(expected);

    assertThat(prefix(OutputFraming.singleObject(schema))).isEqualTo(expected);
  }

  @Test
  void anIdIsBigEndianAfterAZero() {
    assertThat(prefix(OutputFraming.confluent(0x01020304))).containsExactly(0, 1, 2, 3, 4);
    assertThat(prefix(OutputFraming.confluent(-1))).containsExactly(0, -1, -1, -1, -1);
  }

  @Test
  void aFramingIsTheSameAfterItsJourneyToTheCluster() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ProfileEncoder(OutputFraming.confluent(7)));
      out.writeObject(OutputFraming.confluent(7));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isInstanceOf(ProfileEncoder.class);
      assertThat(in.readObject()).isEqualTo(OutputFraming.confluent(7));
    }
  }

  @Test
  void predictionsAreFramedEachAnew() throws IOException {
    FeatureLayout layout = Batches.layout();
    FeatureBatch features = new FeatureBatch(layout, 2);
    FeatureRow row = Batches.row(layout, Batches.source(null, new byte[] {1}));
    features.append(row);
    features.append(row);
    Schema schema = schema("Prediction");
    PredictionEncoder plain = new PredictionEncoder(Batches.MODEL, List.of());
    PredictionEncoder framed =
        new PredictionEncoder(
            Batches.MODEL, List.of(), OutputFraming.singleObject(schema), Integer.MAX_VALUE);

    for (int i = 0; i < 2; i++) {
      byte[] value = framed.encode(Batches.predicted(features), i).value();

      assertThat(Arrays.copyOfRange(value, 10, value.length))
          .isEqualTo(plain.encode(Batches.predicted(features), i).value());
      assertThat(foreign(schema, value).get("modelName")).hasToString("pm25");
    }
  }

  @Test
  void aDeadLetterStaysWithinItsLimitWithItsFraming() throws IOException {
    Schema schema = schema("DeadLetter");
    OutputFraming framing = OutputFraming.singleObject(schema);
    int most = DeadLetterEncoder.LEAST_MAX_BYTES;
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.Kind.MALFORMED,
            Reason.UNDECODABLE,
            "cannot be read",
            List.of(),
            Batches.source(null, new byte[2 * most]),
            DeadLetter.NO_EVENT_TIME);
    KafkaMessage plain = new DeadLetterEncoder(Batches.MODEL, "cd", most).map(letter);
    KafkaMessage framed = new DeadLetterEncoder(Batches.MODEL, "cd", most, framing).map(letter);

    assertThat(framed.value()).hasSameSizeAs(plain.value());
    assertThat(framed.value().length).isLessThanOrEqualTo(most);
    assertThat(foreign(schema, framed.value()).get("reason")).hasToString("UNDECODABLE");
  }

  private static GenericRecord foreign(Schema schema, byte[] value) throws IOException {
    return new BinaryMessageDecoder<GenericRecord>(GenericData.get(), schema).decode(value);
  }
}
