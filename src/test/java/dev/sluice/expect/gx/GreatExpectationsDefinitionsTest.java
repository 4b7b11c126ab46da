package dev.sluice.expect.gx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.gx.DefinitionData.NotApplicable;
import dev.sluice.record.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the test definition files of Great Expectations, those of a folder ({@code
 * -Dsluice.gx.definitions=DIR}), with the code that a job has. Cases that other engines alone have
 * are aborted with the reason; the outcome of all of them is counted and printed at the end.
 */
class GreatExpectationsDefinitionsTest {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("sluice.gx.definitions", "../shared/data/interop"));
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Map<String, Integer> OUTCOMES = new TreeMap<>();

  private static synchronized void count(String outcome) {
    OUTCOMES.merge(outcome, 1, Integer::sum);
  }

  @AfterAll
  static void printOutcomes() {
    System.out.println("test definitions of " + DIRECTORY);
    OUTCOMES.forEach((outcome, count) -> System.out.printf("%6d %s%n", count, outcome));
  }

  @TestFactory
  Stream<DynamicContainer> definitions() throws IOException {
    if (!Files.isDirectory(DIRECTORY)) {
      Assumptions.abort("there is no directory " + DIRECTORY);
    }
    List<DynamicContainer> containers = new ArrayList<>();
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        List<DefinitionCase> cases = DefinitionCase.read(file);
        if (!cases.isEmpty()) {
          containers.add(
              DynamicContainer.dynamicContainer(
                  file.getFileName().toString(),
                  cases.stream().map(c -> DynamicTest.dynamicTest(c.title(), () -> run(c)))));
        }
      }
    }
    return containers.stream();
  }

  private static void run(DefinitionCase definition) throws IOException {
    String other = definition.notForPandas();
    if (other != null) {
      abort("not applicable: for other engines", other);
    }
    count("run");
    try {
      check(definition);
      count("run, passed");
    } catch (NotApplicable reason) {
      abort("run, not applicable: " + reason.getMessage(), reason.getMessage());
    }
  }

  private static void abort(String outcome, String reason) {
    count(outcome);
    Assumptions.abort(reason);
  }

  private static void check(DefinitionCase definition) throws IOException {
    DefinitionData data = new DefinitionData(definition);
    SuiteTranslation translation = translate(definition, definition.in(), data);
    boolean refused = !translation.unsupported().isEmpty() || !translation.wrong().isEmpty();
    if (definition.error() != null) {
      assertThat(refused).as("expected an error about: " + definition.error()).isTrue();
      return;
    }
    if (!translation.wrong().isEmpty()) {
      fail("refused: " + translation.wrong());
    }
    if (!translation.unsupported().isEmpty()) {
      String reason = translation.unsupported().get(0).reason();
      if (SuiteTranslator.knows(definition.type())) {
        throw new NotApplicable("listed as unsupported: " + reason);
      }
      count("listed as unsupported: " + definition.type());
      return;
    }
    boolean vacuous = translation.stated().isEmpty();
    Expectation expectation =
        vacuous ? measured(definition, data) : translation.expectations().get(0);
    if (expectation == null) {
      assertThat(definition.out().path("success").asBoolean(true)).isTrue();
      return;
    }
    if (!expectation.type().equals(dev.sluice.expect.ExpectationType.EXISTS)
        && expectation.columns().stream().anyMatch(c -> data.mixed().contains(c))
        && expectation.type() == dev.sluice.expect.ExpectationType.SCHEMA_TYPE) {
      throw new NotApplicable("the column mixes texts and numbers, which no schema has");
    }
    Expectation carried =
        expectation.when() == null
            ? expectation
            : expectation.withWhen(StreamJudge.ofMixed(expectation.when(), data.mixed()));
    StreamJudge.Seen seen = new StreamJudge(data).judge(carried);
    if (seen.result().met() == null) {
      throw new NotApplicable("not judged: " + seen.result().reason());
    }
    new ExpectedOutcome(definition, data, carried, seen, note -> count("note: " + note)).check();
  }

  /** Returns an expectation that any data meets, to see what is observed; null for none. */
  private static Expectation measured(DefinitionCase definition, DefinitionData data)
      throws IOException {
    if (!definition.out().has("observed_value") || !definition.in().isObject()) {
      return null;
    }
    ObjectNode in = definition.in().deepCopy();
    in.put("min_value", -1e300);
    in.remove("value_set");
    SuiteTranslation bounded = translate(definition, in, data);
    return bounded.expectations().stream().findFirst().orElse(null);
  }

  private static SuiteTranslation translate(
      DefinitionCase definition, JsonNode in, DefinitionData data) throws IOException {
    if (!in.isObject()) {
      throw new NotApplicable("the arguments have no names");
    }
    ObjectNode suite = MAPPER.createObjectNode();
    ObjectNode entry = suite.putArray("expectations").addObject();
    entry.put("expectation_type", definition.type());
    entry.set("kwargs", in);
    return GreatExpectationsSuite.read(
            new ByteArrayInputStream(suite.toString().getBytes(StandardCharsets.UTF_8)), "suite")
        .translate(data.suiteColumns(), Map.of(), Severity.CRITICAL);
  }
}
