package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One test case of a definition file of Great Expectations.
 *
 * @param type the type of the expectation
 * @param data the data set that it is about
 * @param test the case itself
 */
record DefinitionCase(String type, JsonNode data, JsonNode test) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Reads all cases; empty where the file is no definition file. */
  static List<DefinitionCase> read(Path file) throws IOException {
    JsonNode root = MAPPER.readTree(file.toFile());
    List<DefinitionCase> cases = new ArrayList<>();
    for (JsonNode data : root.path("datasets")) {
      for (JsonNode test : data.path("tests")) {
        cases.add(new DefinitionCase(root.path("expectation_type").asText(), data, test));
      }
    }
    return cases;
  }

  String title() {
    return test.path("title").asText("untitled");
  }

  JsonNode in() {
    return test.has("in") ? test.get("in") : test.path("input");
  }

  JsonNode out() {
    return test.has("out") ? test.get("out") : test.path("output");
  }

  /** Returns what the message of the error contains in Great Expectations; null for no error. */
  String error() {
    JsonNode error = test.path("error").path("traceback_substring");
    JsonNode inOut = out().path("traceback_substring");
    return error.isTextual() ? error.asText() : inOut.isTextual() ? inOut.asText() : null;
  }

  /** Returns why the case is not meant for pandas; null if it is. */
  String notForPandas() {
    for (JsonNode level : List.of(data, test)) {
      if (names(level.path("only_for")).stream().noneMatch(DefinitionCase::isPandas)
          && level.has("only_for")) {
        return "only for " + names(level.get("only_for"));
      }
      if (names(level.path("suppress_test_for")).stream().anyMatch(DefinitionCase::isPandas)) {
        return "suppressed for pandas";
      }
    }
    return null;
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    if (list.isTextual()) {
      names.add(list.asText());
    }
    list.forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Versions of pandas: all that are still in use are later than those that have a number. */
  private static boolean isPandas(String name) {
    return name.equals("pandas")
        || name.equals("pandas_v3_api")
        || name.replace(" ", "").startsWith("pandas>");
  }
}
