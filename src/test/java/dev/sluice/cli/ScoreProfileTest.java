package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command score checks rows against the data profile as the job does. */
class ScoreProfileTest {
  private static final String SCHEMA = "classpath:schemas/AirQualityReading.avsc";
  private static final String HEADER =
      "ts,station,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,wd,WSPM,hour,PM10\n";
  private static final String GOOD =
      "2014-02-28T16:00:00Z,Dingling,22,73,2700,,-1,1016.1,-6.4,0,N,0.5,0,133\n";

  @TempDir Path directory;
  private Path model;

  @BeforeEach
  void copyModel() throws IOException {
    model = DemoModel.copyTo(directory.resolve("model"));
  }

  private Scored score(String rows, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("rows.csv"), HEADER + rows);
    return Scored.of(model, file, more);
  }

  @Test
  void aRowThatIsValidIsPredicted() throws IOException {
    for (String[] schema : new String[][] {{}, {"--schema", SCHEMA}}) {
      Scored scored = score(GOOD, schema);

      JsonNode row = scored.done().get(0);
      // The example in README.md, where the job's own prediction is shown.
      assertThat(row.toString())
          .isEqualTo(
              "{\"row\":0,\"status\":\"predicted\",\"outputs\":{\"p_unhealthy\":0.98122394}}");
      assertThat(scored.run().err()).contains("1 rows read = 1 predicted");
    }
  }

  @Test
  void aRowThatIsNotIsRejectedForAllItsViolations() throws IOException {
    String bad = GOOD.replace("1016.1", "-9999").replace("Dingling", "Atlantis");
    for (String[] schema : new String[][] {{}, {"--schema", SCHEMA}}) {
      assertThat(score(bad + GOOD, schema).end(0))
          .startsWith("rejected ")
          .contains("feature PRES is -9999.0, expected range [920, 1100]", "; ")
          .contains("feature station is Atlantis, expected one of");
    }
    assertThat(score(bad, "--profile", "none").outputs(0).path("p_unhealthy").isNumber()).isTrue();
    Path profile = Files.move(model.resolve("data-profile.json"), directory.resolve("p.json"));
    assertThat(score(bad).outputs(0).path("p_unhealthy").isNumber()).isTrue();
    assertThat(score(bad, "--profile", profile.toString()).end(0)).startsWith("rejected ");
  }

  @Test
  void aWarningTravelsWithThePrediction() throws IOException {
    Scored scored = score(GOOD.replace("-6.4,0,N", "-6.4,,N"));

    assertThat(scored.outputs(0).path("p_unhealthy").isNumber()).isTrue();
    assertThat(scored.rows().get(0).path("warnings").toString())
        .isEqualTo("[\"feature RAIN is missing, expected a value\"]");
  }

  @Test
  void whatIsExpectedOfAnEventTimeThatIsNotReadIsSaid() throws IOException {
    String early = GOOD.replace("2014-02-28", "2014-02-27");
    assertThat(score(GOOD + early, "--schema", SCHEMA).run().err())
        .contains(
            "note: not checked: data profile: expectations[0]: MONOTONE is about column ts,"
                + " but --event-time-field is not set, expected the same field");
    Scored scored = score(GOOD + early, "--schema", SCHEMA, "--event-time-field", "ts");
    assertThat(scored.run().err()).doesNotContain("not checked");
    assertThat(scored.rows().get(1).path("warnings").toString())
        .contains("expected event time not before that of an earlier record");
  }

  @Test
  void aTypeIsTheProfiles() throws IOException {
    // The model takes floats; that the hour is whole is known from the profile alone.
    assertThat(score(GOOD.replace(",0.5,0,133", ",0.5,0.5,133")).end(0))
        .contains("malformed UNDECODABLE line 2: field hour is 0.5, expected long");
  }

  @Test
  void anEventTimeIsCheckedAgainstTheClock() throws IOException {
    String ahead = GOOD.replace("2014-02-28T16:00:00Z", Instant.now().plusSeconds(7200).toString());
    Scored scored = score(GOOD + ahead, "--schema", SCHEMA, "--event-time-field", "ts");

    assertThat(scored.outputs(0).path("p_unhealthy").isNumber()).isTrue();
    assertThat(scored.end(1)).startsWith("rejected EVENT_TIME_AHEAD feature ts is ");
  }

  @Test
  void columnsThatTheProfileAloneHasMayBeAbsent() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("few.csv"),
            "SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,WSPM,hour\n22,73,2700,,-1,1016.1,-6.4,0,0.5,0\n");
    Scored scored = Scored.of(model, file);

    assertThat(scored.outputs(0).path("p_unhealthy").floatValue()).isEqualTo(0.98122394f);
    assertThat(scored.run().err()).contains("few.csv has no column station, wd, PM10: null");
    assertThat(scored.rows().get(0).path("warnings").toString()).contains("station is missing");
  }

  @Test
  void aFeatureOfTheModelHasToBeThere() throws IOException {
    Path file = Files.writeString(directory.resolve("few.csv"), "SO2,NO2\n22,73\n");
    CommandLineRun run = Scored.of(model, file).run();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .contains("has no column CO, O3, TEMP, PRES, DEWP, RAIN, WSPM, hour, expected one per")
        .contains("its columns are SO2, NO2");
  }

  @Test
  void jsonLinesFollowAGivenSchemaStrictly() throws IOException {
    String row = "{\"ts\": %s, \"station\": \"Dingling\", \"TEMP\": -1, \"hour\": 0%s}";
    Path file =
        Files.write(
            directory.resolve("rows.jsonl"),
            List.of(
                row.formatted("1393603200000", ""),
                row.formatted("\"2014-02-28T16:00:00+00:00\"", ""),
                row.formatted("\"2014-02-28\"", ""),
                row.formatted("1", ", \"PM2.5\": 1"),
                "{\"ts\": 1, \"station\": \"Dingling\"}"));
    Scored scored = Scored.of(model, file, "--schema", SCHEMA);

    assertThat(scored.outputs(0)).isEqualTo(scored.outputs(1));
    assertThat(scored.end(2))
        .contains("field ts is \"2014-02-28\", expected timestamp-millis, a number or ISO 8601");
    assertThat(scored.end(3)).contains("the row has a field PM2.5, expected one of ts, station");
    assertThat(scored.end(4)).contains("field hour is missing, expected long");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() throws IOException {
    CommandLineRun run = score(GOOD, "--event-time-field", "when", "--schema", SCHEMA).run();
    assertThat(run.err()).contains("has no field when");
    assertThat(run.code()).isEqualTo(2);

    run = score(GOOD, "--input-map", "feature=SO2").run();
    assertThat(run.err()).contains("model.inputs.feature: the model has no such input");
    assertThat(run.code()).isEqualTo(2);

    run = score(GOOD, "--profile", directory.resolve("no.json").toString()).run();
    assertThat(run.err()).contains("no.json");
    assertThat(run.code()).isEqualTo(2);
  }
}
