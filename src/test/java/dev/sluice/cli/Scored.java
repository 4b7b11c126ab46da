package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the command score wrote to standard output. */
record Scored(CommandLineRun run, List<JsonNode> rows) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Scores a file with a model of the test resources. */
  static Scored of(String model, Path input, String... more) throws JsonProcessingException {
    return of(Path.of(path(model)), input, more);
  }

  static Scored of(Path model, Path input, String... more) throws JsonProcessingException {
    List<String> arguments = new ArrayList<>(List.of("score", "--model", model.toString()));
    arguments.addAll(List.of("--input", input.toString(), "--out", "-"));
    arguments.addAll(List.of(more));
    CommandLineRun run = CommandLineRun.of(arguments.toArray(String[]::new));
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      rows.add(MAPPER.readTree(line));
    }
    return new Scored(run, rows);
  }

  static String path(String model) {
    return "src/test/resources/models/" + model;
  }

  /** Asserts that all went well, and returns the rows. */
  List<JsonNode> done() {
    assertThat(run.code()).as(run.err()).isZero();
    return rows;
  }

  JsonNode outputs(int row) {
    assertThat(done().get(row).path("status").asText())
        .as(rows.get(row).toString())
        .isEqualTo("predicted");
    return rows.get(row).path("outputs");
  }

  /** Returns why a row was not predicted: its status, code and reason. */
  String end(int row) {
    JsonNode line = done().get(row);
    assertThat(line.has("outputs")).isFalse();
    return line.path("status").asText()
        + " "
        + line.path("code").asText()
        + " "
        + line.path("reason").asText();
  }
}
