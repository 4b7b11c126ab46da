package dev.sluice.serial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.Patterns;
import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.DeadLetter;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import dev.sluice.record.KafkaMessage;
import dev.sluice.record.PredictionBatch;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ArrowSerializersTest {
  private static final Violation VIOLATION =
      new Violation("x", Reason.OUT_OF_RANGE, Severity.WARNING, "9", "range [0, 1] °C");

  @Test
  void roundTripsEncodedRecords() throws IOException {
    for (EncodedRecord record :
        List.of(
            Samples.source(1),
            new EncodedRecord("北京", 0, -1, Long.MIN_VALUE, null, null, Header.NONE),
            new EncodedRecord("t", 0, 0, 0, new byte[0], new byte[0], Header.NONE),
            new EncodedRecord("t", 0, 0, 0, new byte[70_000], new byte[70_000], Header.NONE))) {
      assertRoundTrips(ArrowTypes.ENCODED_RECORD, record, ArrowSerializersTest::assertSame);
    }
  }

  @Test
  void roundTripsFeatureRows() throws IOException {
    FeatureRow full = Samples.row(1);
    full.violations().add(VIOLATION);
    FeatureRow missing = new FeatureRow(Samples.LAYOUT);
    missing.reset(Samples.source(2));
    for (FeatureRow row : List.of(full, missing)) {
      assertRoundTrips(ArrowTypes.FEATURE_ROW, row, ArrowSerializersTest::assertSame);
    }
  }

  @Test
  void readsARowOverAnother() throws IOException {
    FeatureRow missing = new FeatureRow(Samples.LAYOUT);
    missing.reset(Samples.source(2));
    FeatureRow reused = Samples.row(1);
    reused.violations().add(VIOLATION);
    TypeSerializer<FeatureRow> serializer = ArrowTypes.FEATURE_ROW.createSerializer(null);
    FeatureRow read = serializer.deserialize(reused, written(serializer, missing));
    assertThat(read).isSameAs(reused);
    assertSame(read, missing);
    FeatureRow other = serializer.deserialize(new FeatureRow(1, 1), written(serializer, missing));
    assertSame(other, missing);
  }

  @Test
  void roundTripsFeatureBatches() throws IOException {
    assertRoundTrips(
        ArrowTypes.FEATURE_BATCH,
        new FeatureBatch(Samples.LAYOUT, 3),
        ArrowSerializersTest::assertSame);
    assertRoundTrips(ArrowTypes.FEATURE_BATCH, Samples.batch(), ArrowSerializersTest::assertSame);
  }

  @Test
  void roundTripsABatchThatWasReused() throws IOException {
    FeatureBatch batch = Samples.batch();
    batch.clear();
    batch.append(Samples.row(5));
    assertRoundTrips(ArrowTypes.FEATURE_BATCH, batch, ArrowSerializersTest::assertSame);
  }

  @Test
  void roundTripsPredictionBatches() throws IOException {
    assertRoundTrips(
        ArrowTypes.PREDICTION_BATCH, Samples.predictions(), ArrowSerializersTest::assertSame);
  }

  @Test
  void roundTripsDeadLetters() throws IOException {
    for (DeadLetter.Kind kind : DeadLetter.Kind.values()) {
      for (Reason reason : Reason.values()) {
        DeadLetter letter =
            new DeadLetter(
                kind,
                reason,
                "é".repeat(70_000),
                List.of(VIOLATION, VIOLATION),
                Samples.source(1),
                DeadLetter.NO_EVENT_TIME);
        assertRoundTrips(
            ArrowTypes.DEAD_LETTER,
            letter,
            (actual, expected) -> {
              assertThat(actual)
                  .usingRecursiveComparison()
                  .ignoringFields("source")
                  .isEqualTo(expected);
              assertSame(actual.source(), expected.source());
            });
      }
    }
  }

  @Test
  void roundTripsKafkaMessages() throws IOException {
    for (KafkaMessage message :
        List.of(
            new KafkaMessage(new byte[] {1}, new byte[] {2}, Samples.source(1).headers()),
            new KafkaMessage(new byte[] {1}, null, Header.NONE, 0),
            new KafkaMessage(null, new byte[0], Header.NONE, Integer.MAX_VALUE))) {
      assertRoundTrips(
          ArrowTypes.KAFKA_MESSAGE,
          message,
          (actual, expected) -> assertThat(actual).usingRecursiveComparison().isEqualTo(expected));
    }
  }

  /** The encoder of predictions reuses its message: what is copied must outlive the next. */
  @Test
  void copiesOfKafkaMessagesDoNotFollowTheOriginal() {
    byte[] value = {2};
    KafkaMessage message = new KafkaMessage(new byte[] {1}, value, Header.NONE, 3);
    KafkaMessage copy = ArrowTypes.KAFKA_MESSAGE.createSerializer(null).copy(message);
    message.set(null, null, Header.NONE, 4);
    assertThat(copy.key()).containsExactly(1);
    assertThat(copy.value()).isSameAs(value);
    assertThat(copy.lane()).isEqualTo(3);
  }

  @Test
  void roundTripsDataProfiles() throws IOException {
    NumberStatistics numbers = new NumberStatistics(Grid.of(0.0, 1.0), 16);
    numbers.add(new double[] {-1.5, 2.5}, 2);
    ColumnProfile column =
        numbers
            .toProfile("TEMP", ElementType.FLOAT, List.of(1.0))
            .withDrift(new ColumnDrift("psi", 0.3, 0.2, 0.01, DriftVerdict.DRIFT))
            .withNote("calibrated in May");
    for (List<ColumnProfile> columns : List.of(List.of(column), List.<ColumnProfile>of())) {
      DataProfile profile =
          new DataProfile(
              ProfileKind.OUTPUT,
              new ProfiledModel("pm25", "3", "aa"),
              new ProfiledWindow("bb", "", 0L, 3_600_000L, "PT1H", "Asia/Shanghai", 2, false),
              new RowCounts(100, 10, 1, 105, 5, 88, 2),
              columns,
              List.of(),
              List.of(),
              null,
              "test");
      assertRoundTrips(
          ArrowTypes.DATA_PROFILE,
          profile,
          (actual, expected) -> assertThat(actual).isEqualTo(expected));
    }
  }

  /** The state of a job says what was taken when it began, whatever may be stated anew. */
  @Test
  void readsExpectationsOfAnySize() throws IOException {
    Patterns hosts = new Patterns(List.of("([a-z]{1,63}\\.){1,126}"), false);
    Expectation regex =
        Expectation.of(ExpectationType.REGEX, List.of("a"), hosts, Severity.WARNING);
    Expectation range =
        Expectation.of(
            ExpectationType.RANGE, List.of("a"), Bounds.of(null, 0x1p53), Severity.CRITICAL);
    DataProfile profile = Baselines.expecting(List.of(regex, range));
    assertRoundTrips(
        ArrowTypes.DATA_PROFILE,
        profile,
        (actual, expected) -> assertThat(actual).isEqualTo(expected));

    String file = new String(DataProfileFile.toBytes(profile), StandardCharsets.UTF_8);
    String exact = file.replaceFirst("\"max\": *[0-9.E]+", "\"max\": 9007199254740993");
    assertThat(exact).contains(": 9007199254740993");
    DataOutputSerializer out = new DataOutputSerializer(16);
    Wire.writeBytes(exact.getBytes(StandardCharsets.UTF_8), out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    assertThat(ArrowTypes.DATA_PROFILE.createSerializer(null).deserialize(in)).isEqualTo(profile);
  }

  /** Through bytes, by copying the value, by copying the bytes; all again after a restore. */
  private static <T> void assertRoundTrips(ArrowType<T> type, T value, BiConsumer<T, T> assertSame)
      throws IOException {
    TypeSerializer<T> first = type.createSerializer(null);
    TypeSerializer<T> restored = restored(first);
    assertThat(restored).isEqualTo(first).hasSameHashCodeAs(first);
    assertThat(
            first
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored.snapshotConfiguration())
                .isCompatibleAsIs())
        .isTrue();
    for (TypeSerializer<T> serializer : List.of(first, first.duplicate(), restored)) {
      DataInputDeserializer in = written(serializer, value);
      assertSame.accept(serializer.deserialize(in), value);
      assertThat(in.available()).as("bytes left").isZero();
      assertSame.accept(
          serializer.deserialize(serializer.createInstance(), written(first, value)), value);
      assertSame.accept(serializer.copy(value), value);
      assertSame.accept(serializer.copy(value, serializer.createInstance()), value);
      DataOutputSerializer copy = new DataOutputSerializer(16);
      serializer.copy(written(serializer, value), copy);
      assertThat(copy.getCopyOfBuffer()).isEqualTo(bytes(serializer, value));
      assertSame.accept(
          serializer.deserialize(new DataInputDeserializer(copy.getCopyOfBuffer())), value);
    }
  }

  private static <T> TypeSerializer<T> restored(TypeSerializer<T> serializer) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<T> snapshot =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()),
            ArrowSerializersTest.class.getClassLoader());
    return snapshot.restoreSerializer();
  }

  private static <T> DataInputDeserializer written(TypeSerializer<T> serializer, T value)
      throws IOException {
    return new DataInputDeserializer(bytes(serializer, value));
  }

  private static <T> byte[] bytes(TypeSerializer<T> serializer, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(16);
    serializer.serialize(value, out);
    return out.getCopyOfBuffer();
  }

  private static void assertSame(EncodedRecord actual, EncodedRecord expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  private static void assertSame(FeatureRow actual, FeatureRow expected) {
    assertSame(actual.source(), expected.source());
    assertThat(actual.eventTime()).isEqualTo(expected.eventTime());
    assertThat(actual.violations()).isEqualTo(expected.violations());
    assertThat(actual.columns()).isEqualTo(expected.columns());
    assertThat(actual.elements()).isEqualTo(expected.elements());
    for (int i = 0; i < expected.columns(); i++) {
      assertThat(actual.isMissing(i)).isEqualTo(expected.isMissing(i));
      assertThat(actual.length(i)).isEqualTo(expected.length(i));
    }
    for (int i = 0; i < expected.elements(); i++) {
      assertThat(actual.doubleAt(i)).isEqualTo(Double.valueOf(expected.doubleAt(i)));
      assertThat(actual.longAt(i)).isEqualTo(expected.longAt(i));
      assertThat(actual.textAt(i)).isEqualTo(expected.textAt(i));
    }
  }

  private static void assertSame(FeatureBatch actual, FeatureBatch expected) {
    assertThat(Samples.describe(actual)).isEqualTo(Samples.describe(expected));
    assertThat(actual.layout()).isEqualTo(expected.layout());
    assertThat(actual.capacity()).isEqualTo(expected.capacity());
    for (int row = 0; row < expected.size(); row++) {
      assertSame(actual.source(row), expected.source(row));
    }
    for (int input = 0; input < expected.layout().inputs().size(); input++) {
      if (expected.tensor(input).type() != ElementType.STRING) {
        assertThat(actual.tensor(input).slice(0, expected.size()))
            .as("tensor %d", input)
            .isEqualTo(expected.tensor(input).slice(0, expected.size()));
      }
    }
  }

  private static void assertSame(PredictionBatch actual, PredictionBatch expected) {
    assertSame(actual.features(), expected.features());
    assertThat(Samples.describe(actual)).isEqualTo(Samples.describe(expected));
  }
}
