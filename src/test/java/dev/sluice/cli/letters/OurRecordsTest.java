package dev.sluice.cli.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.avro.Alarm;
import dev.sluice.avro.DataProfile;
import dev.sluice.avro.DeadLetter;
import dev.sluice.avro.Prediction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class OurRecordsTest {
  private final OurRecords records = new OurRecords();

  /** What the job has written in plain Avro, by the schema that it was written by. */
  private static Map<Schema, byte[]> written() {
    Map<Schema, byte[]> written = new LinkedHashMap<>();
    written.put(Prediction.getClassSchema(), JobMessages.prediction());
    written.put(DataProfile.getClassSchema(), JobMessages.profile());
    written.put(Alarm.getClassSchema(), JobMessages.alarm());
    written.put(OurRecords.letterWithoutBound(), JobMessages.letterWithoutBound());
    return written;
  }

  private static byte[] behind(byte[] prefix, byte[] body) {
    return ByteBuffer.allocate(prefix.length + body.length).put(prefix).put(body).array();
  }

  @Test
  void aRecordIsTheSameInEveryFrame() throws IOException {
    for (Map.Entry<Schema, byte[]> message : written().entrySet()) {
      GenericRecord plain = records.decode(message.getValue()).orElseThrow();
      // Written by the reader's schema: a letter of before is another record in a frame of now.
      byte[] single =
          new BinaryMessageEncoder<GenericRecord>(new GenericData(), plain.getSchema())
              .encode(plain)
              .array();
      assertThat(records.decode(single)).contains(plain);
      for (int id : new int[] {0, 1, 7, 8, 100, 4711, Integer.MAX_VALUE}) {
        byte[] prefix = ByteBuffer.allocate(5).put((byte) 0).putInt(id).array();
        assertThat(records.decode(behind(prefix, message.getValue())))
            .as("%s behind the id %d", plain.getSchema().getName(), id)
            .contains(plain);
      }
    }
  }

  @Test
  void aLetterOfBeforeIsFoundByItsFingerprint() throws IOException {
    Schema before = OurRecords.letterWithoutBound();
    byte[] prefix =
        Arrays.copyOf(
            new BinaryMessageEncoder<GenericRecord>(new GenericData(), before)
                .encode(
                    new PlainAvro(before).decode(JobMessages.letterWithoutBound()).orElseThrow())
                .array(),
            10);

    GenericRecord letter =
        records.decode(behind(prefix, JobMessages.letterWithoutBound())).orElseThrow();

    assertThat(letter.getSchema()).isEqualTo(DeadLetter.getClassSchema());
    assertThat(letter).isEqualTo(records.decode(JobMessages.letterWithoutBound()).orElseThrow());
  }

  @Test
  void aLetterThatDoesNotSayWhetherItsRecordIsWholeIsTruncatedAsAWhole() throws IOException {
    Schema before = OurRecords.letterWithoutRecordTruncated();
    GenericRecord now = records.decode(JobMessages.letterWithoutBound()).orElseThrow();
    for (boolean truncated : new boolean[] {true, false}) {
      now.put("truncated", truncated);
      byte[] single =
          new BinaryMessageEncoder<GenericRecord>(new GenericData(), before).encode(now).array();
      for (byte[] value : List.of(single, Arrays.copyOfRange(single, 10, single.length))) {
        GenericRecord read = records.decode(value).orElseThrow();
        assertThat(read).isEqualTo(now);
        Letter letter = new Letter(new ConsumerRecord<>("t", 0, 0, null, value), read);
        assertThat(letter.isRecordTruncated()).isEqualTo(truncated);
      }
    }
    now.put("truncated", true);
    now.put("recordTruncated", false);
    Letter whole = new Letter(new ConsumerRecord<>("t", 0, 0, null, null), now);
    assertThat(whole.isRecordTruncated()).isFalse();
  }

  @Test
  void whatIsFramedByAnotherFingerprintOrEndsTooSoonIsNone() {
    byte[] body = JobMessages.prediction();
    byte[] marker = {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8};

    assertThat(records.decode(behind(marker, body))).isEmpty();
    assertThat(records.decode(marker)).isEmpty();
    assertThat(records.decode(new byte[] {(byte) 0xC3, 1})).isEmpty();
    assertThat(records.decode(new byte[] {0, 0, 0, 0})).isEmpty();
    assertThat(records.decode(new byte[] {0, 0, 0, 0, 7})).isEmpty();
    assertThat(records.decode(null)).isEmpty();
    assertThat(records.decode(behind(new byte[] {1, 0, 0, 0, 7}, body))).isEmpty();
  }

  @Test
  void randomBytesBehindAFrameAreNone() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);

      assertThat(
              records
                  .decode(behind(new byte[] {0, 0, 0, 0, 7}, bytes))
                  .filter(OurRecords::isLetter))
          .isEmpty();
    }
  }
}
