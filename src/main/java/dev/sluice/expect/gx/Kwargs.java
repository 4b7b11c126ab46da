package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The arguments of one entry, read one by one with their types checked. One that nobody asked for
 * could change what is meant, so {@link #finish} refuses it; null is as good as absent.
 */
final class Kwargs {
  /** They say how Great Expectations runs and what it reports, not what is expected. */
  private static final Set<String> ABOUT_RUNS =
      Set.of(
          "result_format",
          "catch_exceptions",
          "include_config",
          "batch_id",
          "meta",
          "unexpected_index_column_names",
          "return_unexpected_index_query",
          "include_unexpected_rows",
          "output_strftime_format",
          "auto",
          "profiler_config");

  private final ObjectNode node;
  private final Set<String> read = new HashSet<>(ABOUT_RUNS);

  Kwargs(ObjectNode node) {
    this.node = node;
  }

  /** Returns an argument, or null where there is none. */
  JsonNode optional(String key) {
    read.add(key);
    JsonNode value = node.get(key);
    return value == null || value.isNull() ? null : value;
  }

  JsonNode required(String key, String expected) {
    JsonNode value = optional(key);
    if (value == null) {
      throw Refusal.wrong(key + " is missing, expected " + expected);
    }
    return value;
  }

  String text(String key) {
    return text(key, required(key, "text"));
  }

  private static String text(String place, JsonNode value) {
    if (!value.isTextual()) {
      throw wrong(place, value, "text");
    }
    return value.textValue();
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    list(key).forEach(element -> texts.add(text(key, element)));
    return texts;
  }

  /** Returns an array that has to be there. */
  JsonNode list(String key) {
    JsonNode value = required(key, "a list");
    if (!value.isArray()) {
      throw wrong(key, value, "a list");
    }
    return value;
  }

  boolean flag(String key) {
    JsonNode value = optional(key);
    if (value != null && !value.isBoolean()) {
      throw wrong(key, value, "true or false");
    }
    return value != null && value.booleanValue();
  }

  /** Returns a finite number, or null where there is none. */
  Double number(String key) {
    JsonNode value = optional(key);
    return value == null ? null : (Double) number(key, value);
  }

  static double number(String place, JsonNode value) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(place, value, "a finite number");
    }
    return value.doubleValue();
  }

  static Refusal wrong(String key, JsonNode got, String expected) {
    return Refusal.wrong(key + " is " + SuiteFile.show(got) + ", expected " + expected);
  }

  /** Refuses arguments that were not read. */
  void finish() {
    for (Map.Entry<String, JsonNode> argument : node.properties()) {
      if (!read.contains(argument.getKey()) && !argument.getValue().isNull()) {
        throw Refusal.unsupported("argument " + argument.getKey() + " is not known here");
      }
    }
  }
}
