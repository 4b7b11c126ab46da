package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.record.ElementType;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class RecordSimulatorTest {
  private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");
  private static final Faults NONE = new Faults(Map.of(), "", "", "");

  private static Schema schema() {
    return SchemaBuilder.record("Reading")
        .fields()
        .requiredLong("ts")
        .requiredString("id")
        .endRecord();
  }

  /** Returns the profile of a text column with so many distinct texts, and of a number. */
  private static DataProfile profile(int texts) {
    return profile(texts, "id-%d");
  }

  /** Returns the profile of a text column of one text, and of a number. */
  private static DataProfile named(String text) {
    return profile(1, text);
  }

  private static DataProfile profile(int texts, String format) {
    FeatureLayout layout =
        new FeatureLayout(
            List.of(
                new FeatureColumn("id", ElementType.STRING, 1),
                new FeatureColumn("TEMP", ElementType.FLOAT, 1)),
            List.of());
    ProfileBuilder builder = new ProfileBuilder(layout);
    FeatureBatch batch = new FeatureBatch(layout, 1);
    FeatureRow row = new FeatureRow(layout);
    for (int i = 0; i < texts; i++) {
      row.reset(new EncodedRecord("t", 0, i, 0, null, new byte[0], Header.NONE));
      row.setText(0, format.formatted(i));
      row.setDouble(1, 1.5);
      row.setPresent(0, 2);
      batch.append(row);
      builder.addInputs(batch);
      batch.clear();
    }
    return builder.build("m", "", "", "d", "", "UTC", "test");
  }

  private static RecordSimulator simulator(Schema schema, DataProfile profile) {
    return new RecordSimulator(schema, profile, "id", "ts", 2, START, Duration.ofHours(2), NONE, 1);
  }

  @Test
  void textsAreDrawnFromTheProfile() {
    RecordFormat format = new RecordFormat(schema());
    try (RecordSimulator records = simulator(schema(), profile(1))) {
      GenericRecord first = format.decode(records.next().value());
      assertThat(first.get("id")).hasToString("id-0");
      assertThat(first.get("ts")).isEqualTo(START.toEpochMilli());
      assertThat(format.decode(records.next().value()).get("ts"))
          .isEqualTo(START.plus(Duration.ofHours(1)).toEpochMilli());
      assertThat(records.next()).isNull();
    }
  }

  @Test
  void tooManyDistinctTextsCannotBeDrawn() {
    DataProfile profile = profile(100_000);
    assertThat(profile.column("id").orElseThrow().valuesOverflow()).isTrue();

    assertThatThrownBy(() -> simulator(schema(), profile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "field id has too many distinct texts for the data profile to list them");
  }

  @Test
  void theNullBranchMayStandLast() {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{\"type\": \"record\", \"name\": \"Reading\", \"fields\": ["
                    + "{\"name\": \"ts\", \"type\": \"long\"},"
                    + "{\"name\": \"id\", \"type\": [\"string\", \"null\"]},"
                    + "{\"name\": \"TEMP\", \"type\": [\"float\", \"null\"]}]}");
    try (RecordSimulator records = simulator(schema, profile(1))) {
      GenericRecord first = new RecordFormat(schema).decode(records.next().value());
      assertThat(first.get("id")).hasToString("id-0");
      assertThat(first.get("TEMP")).isEqualTo(1.5f);
    }
  }

  private static Schema schemaOf(String id) {
    return new Schema.Parser()
        .parse(
            "{\"type\": \"record\", \"name\": \"Reading\", \"fields\": ["
                + "{\"name\": \"ts\", \"type\": \"long\"},"
                + "{\"name\": \"id\", \"type\": "
                + id
                + "}]}");
  }

  @Test
  void enumsAreDrawnFromTheProfile() {
    for (String nullable : List.of("", "\"null\", ")) {
      Schema schema =
          schemaOf(
              "["
                  + nullable
                  + "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"x\", \"id_0\"]}]");
      try (RecordSimulator records = simulator(schema, named("id_0"))) {
        GenericRecord first = new RecordFormat(schema).decode(records.next().value());
        assertThat(first.get("id")).hasToString("id_0");
      }
    }
  }

  @Test
  void whatCannotBeDrawnIsRefusedAtOnce() {
    Schema other = schemaOf("{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"x\"]}");
    assertThatThrownBy(() -> simulator(other, named("id_0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "field id is id_0 in the data profile, expected one of [x], so it cannot be simulated");
    for (String type :
        List.of("\"float\"", "\"bytes\"", "{\"type\":\"array\",\"items\":\"string\"}")) {
      assertThatThrownBy(() -> simulator(schemaOf(type), named("id_0")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "field id is "
                  + type
                  + ", and STRING in the data profile, expected a number, boolean, string or enum"
                  + " that is the same in both, so it cannot be simulated");
    }
  }

  @Test
  void whereTheProfileHasSeasonsValuesAreDrawnFromThatOfTheEventTime() {
    DataProfile whole = profile(2);
    List<ColumnProfile> ofMonth = profile(1).columns();
    String month = String.format("%02d", START.atZone(ZoneOffset.UTC).getMonthValue());
    DataProfile seasonal =
        whole.withParts(
            List.of(new ProfilePart(PartKind.SEASON, "", month, 1, ofMonth, List.of())));
    RecordFormat format = new RecordFormat(schema());
    try (RecordSimulator records =
        new RecordSimulator(
            schema(), seasonal, "id", "ts", 50, START, Duration.ofMinutes(1), NONE, 1)) {
      for (int i = 0; i < 50; i++) {
        assertThat(format.decode(records.next().value()).get("id")).hasToString("id-0");
      }
    }
    Instant later = START.plus(Duration.ofDays(62));
    try (RecordSimulator records =
        new RecordSimulator(
            schema(), seasonal, "id", "ts", 50, later, Duration.ofMinutes(1), NONE, 1)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        ids.add(format.decode(records.next().value()).get("id").toString());
      }
      assertThat(ids).as("of the whole").contains("id-0", "id-1");
    }
  }
}
