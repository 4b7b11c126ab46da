package dev.sluice.expect.gx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationScope;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.QuantileBounds;
import dev.sluice.profile.ColumnProfile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Holds what was seen of a case against what its file says; what cannot be compared is noted. */
final class ExpectedOutcome {
  private static final double TOLERANCE = 1e-9;
  private static final double ESTIMATE_TOLERANCE = 0.05;

  private final DefinitionCase definition;
  private final DefinitionData data;
  private final Expectation expectation;
  private final StreamJudge.Seen seen;
  private final Consumer<String> notes;

  ExpectedOutcome(
      DefinitionCase definition,
      DefinitionData data,
      Expectation expectation,
      StreamJudge.Seen seen,
      Consumer<String> notes) {
    this.definition = definition;
    this.data = data;
    this.expectation = expectation;
    this.seen = seen;
    this.notes = notes;
  }

  void check() {
    for (Map.Entry<String, JsonNode> expected : definition.out().properties()) {
      check(expected.getKey(), expected.getValue());
    }
  }

  private void check(String key, JsonNode expected) {
    switch (key) {
      case "success" -> {
        assertThat(seen.result().met()).as("success; " + seen.result()).isNotNull();
        assertThat(seen.result().met())
            .as("success; " + seen.result())
            .isEqualTo(expected.asBoolean());
      }
      case "result" -> expected.properties().forEach(p -> check(p.getKey(), p.getValue()));
      case "unexpected_list", "partial_unexpected_list" -> unexpectedList(key, expected);
      case "unexpected_index_list", "partial_unexpected_index_list" -> indexList(key, expected);
      case "observed_value" -> observed(expected);
      case "element_count" -> number(key, expected, seen.about());
      case "missing_count" -> number(key, expected, missing());
      case "missing_percent" -> number(key, expected, 100.0 * missing() / seen.about());
      case "unexpected_count" -> number(key, expected, seen.unexpected().size());
      case "unexpected_percent", "unexpected_percent_nonmissing" ->
          number(key, expected, 100.0 * seen.unexpected().size() / seen.result().evaluated());
      case "unexpected_percent_total" ->
          number(key, expected, 100.0 * seen.unexpected().size() / seen.about());
      case "value_counts" -> valueCounts(expected);
      case "details" -> details(expected);
      case "traceback_substring" -> fail("expected an error about: " + expected);
      default -> notes.accept("out." + key + " is not compared");
    }
  }

  private long missing() {
    return expectation.type().scope() == ExpectationScope.WINDOW
        ? seen.columns().get(expectation.column()).missing()
        : seen.about() - seen.result().evaluated();
  }

  private static void number(String key, JsonNode expected, double actual) {
    assertThat(actual).as(key).isCloseTo(expected.doubleValue(), within(expected.doubleValue()));
  }

  private static org.assertj.core.data.Offset<Double> within(double expected) {
    return org.assertj.core.data.Offset.offset(TOLERANCE * Math.max(1, Math.abs(expected)));
  }

  private void unexpectedList(String key, JsonNode expected) {
    List<Integer> rows = unexpectedRows();
    assertThat(rows).as(key + " " + expected).hasSize(expected.size());
    for (int i = 0; i < rows.size(); i++) {
      value(key, expected.get(i), rows.get(i));
    }
  }

  /** The values of a column whose type is not met are all unexpected. */
  private List<Integer> unexpectedRows() {
    if (expectation.type() != ExpectationType.SCHEMA_TYPE || seen.result().met()) {
      return seen.unexpected();
    }
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < data.rows(); i++) {
      if (!data.cell(expectation.column(), i).isNull()) {
        rows.add(i);
      }
    }
    return rows;
  }

  private void value(String key, JsonNode expected, int row) {
    JsonNode in = definition.in();
    if (expected.isArray()) {
      cell(key, expected.get(0), in.path("column_A").asText(), row);
      cell(key, expected.get(1), in.path("column_B").asText(), row);
    } else if (expected.isObject()) {
      expected.properties().forEach(p -> cell(key, p.getValue(), p.getKey(), row));
    } else {
      cell(key, expected, in.path("column").asText(), row);
    }
  }

  private void cell(String key, JsonNode expected, String column, int row) {
    JsonNode actual = data.cell(column, row);
    boolean time = data.columns().get(column).time() && expected.isTextual();
    if (time) {
      assertThat(DateTexts.parse(actual.asText(), ChronoUnit.MILLIS))
          .isEqualTo(DateTexts.parse(expected.asText(), ChronoUnit.MILLIS));
    } else if (expected.isNumber() && actual.isNumber()) {
      number(key, expected, actual.doubleValue());
    } else {
      assertThat(actual.asText()).as(key).isEqualTo(expected.asText());
    }
  }

  private void indexList(String key, JsonNode expected) {
    List<Integer> rows = unexpectedRows();
    assertThat(rows).as(key + " " + expected).hasSize(expected.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonNode one = expected.get(i);
      int row = rows.get(i);
      assertThat(row)
          .as(key)
          .isEqualTo(one.isObject() ? one.path("pk_index").asInt() : one.asInt());
      if (one.isObject()) {
        one.properties().stream()
            .filter(p -> !p.getKey().equals("pk_index"))
            .forEach(p -> cell(key, p.getValue(), p.getKey(), row));
      }
    }
  }

  private void observed(JsonNode expected) {
    String observed = seen.result().observed();
    if (expectation.type().scope() == ExpectationScope.SCHEMA) {
      notes.accept("observed types have other names here");
    } else if (expected.isNull()) {
      assertThat(observed).as("observed_value").isNull();
    } else if (expected.isArray()) {
      assertThat(values(observed)).as("observed_value").isEqualTo(texts(expected));
    } else if (expected.isObject()) {
      quantiles(expected.path("values"), observed);
    } else if (expected.isTextual()) {
      DateTimeFormatter format = DateTimeFormatter.ofPattern("MM/dd/yyyy").withZone(ZoneOffset.UTC);
      Instant time = Instant.ofEpochMilli(Long.parseLong(observed));
      assertThat(format.format(time)).as("observed_value").isEqualTo(expected.asText());
    } else {
      double tolerance = tolerance();
      double actual =
          expectation.type() == ExpectationType.MISSING_SHARE
              ? 1 - Double.parseDouble(observed)
              : Double.parseDouble(observed);
      assertThat(actual)
          .as("observed_value; " + seen.result())
          .isCloseTo(
              expected.doubleValue(),
              org.assertj.core.data.Offset.offset(
                  Math.max(tolerance, TOLERANCE) * Math.max(1, Math.abs(expected.doubleValue()))));
    }
  }

  /** Beyond so many values a window knows quantiles and bins from its grid alone. */
  private double tolerance() {
    ColumnProfile column = seen.columns().get(expectation.column());
    boolean ofGrid =
        List.of(ExpectationType.QUANTILES, ExpectationType.MEDIAN, ExpectationType.KL_DIVERGENCE)
            .contains(expectation.type());
    if (ofGrid && !column.isText() && column.valuesOverflow()) {
      notes.accept("the observed value is an estimate, compared within " + ESTIMATE_TOLERANCE);
      return ESTIMATE_TOLERANCE;
    }
    return definition.test().path("tolerance").asDouble(TOLERANCE);
  }

  private void quantiles(JsonNode expected, String observed) {
    List<String> parts = List.of(observed.split(", "));
    assertThat(parts).hasSize(expected.size());
    double tolerance = tolerance();
    for (int i = 0; i < parts.size(); i++) {
      assertThat(Double.parseDouble(parts.get(i)))
          .as("quantile " + i)
          .isCloseTo(expected.get(i).doubleValue(), org.assertj.core.data.Offset.offset(tolerance));
    }
  }

  private static TreeSet<String> values(String observed) {
    return observed == null || observed.isEmpty()
        ? new TreeSet<>()
        : new TreeSet<>(List.of(observed.split(", ")));
  }

  private static TreeSet<String> texts(JsonNode list) {
    TreeSet<String> texts = new TreeSet<>();
    list.forEach(value -> texts.add(text(value)));
    return texts;
  }

  private static String text(JsonNode value) {
    boolean whole = value.isNumber() && value.doubleValue() == Math.rint(value.doubleValue());
    return whole ? Long.toString(value.longValue()) : value.asText();
  }

  private void valueCounts(JsonNode expected) {
    ColumnProfile column = seen.columns().get(expectation.column());
    assertThat(column.values()).as("value_counts").hasSize(expected.size());
    expected.forEach(
        count ->
            assertThat(column.values())
                .containsEntry(text(count.get("value")), count.get("count").asLong()));
  }

  private void details(JsonNode expected) {
    if (expected.has("success_details")
        && expectation.parameters() instanceof QuantileBounds bounds) {
      List<String> observed = List.of(seen.result().observed().split(", "));
      for (int i = 0; i < expected.get("success_details").size(); i++) {
        boolean met =
            bounds.quantiles().get(i).bounds().contain(Double.parseDouble(observed.get(i)));
        assertThat(met).isEqualTo(expected.get("success_details").get(i).asBoolean());
      }
    } else {
      notes.accept("out.details: " + String.join(", ", keys(expected)) + " are not published here");
    }
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
