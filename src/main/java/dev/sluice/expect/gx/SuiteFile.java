package dev.sluice.expect.gx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the JSON of a suite, of version 0.x or 1.x: {@code expectation_suite_name} or {@code name},
 * {@code expectation_type} or {@code type}, also mixed in one file. What else it has (ids, notes,
 * rendered texts) is for people and other tools, and is passed over.
 */
final class SuiteFile {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_SHOWN = 80;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // as Python writes infinite bin edges
          .build();

  private final String file;

  private SuiteFile(String file) {
    this.file = file;
  }

  static GreatExpectationsSuite read(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(GreatExpectationsSuite.MAX_BYTES + 1);
    SuiteFile file = new SuiteFile(name);
    if (bytes.length > GreatExpectationsSuite.MAX_BYTES) {
      throw file.failure(
          "the document", "larger", "at most " + GreatExpectationsSuite.MAX_BYTES + " bytes", null);
    }
    try {
      return file.suite(MAPPER.readTree(bytes));
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? "the document"
              : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
      throw file.failure(place, "no JSON (" + e.getOriginalMessage() + ")", "JSON", e);
    }
  }

  /** Reads a parameter's value: JSON where it is some, else a text. */
  static JsonNode value(String text) {
    try {
      JsonNode value = MAPPER.readTree(text);
      return value == null || value.isMissingNode()
          ? JsonNodeFactory.instance.textNode(text)
          : value;
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private GreatExpectationsSuite suite(JsonNode root) {
    if (!root.isObject() || !root.path("expectations").isArray()) {
      throw failure(
          "the document",
          show(root),
          "a suite of Great Expectations: an object with a list of expectations",
          null);
    }
    List<SuiteEntry> entries = new ArrayList<>();
    JsonNode expectations = root.get("expectations");
    for (int i = 0; i < expectations.size(); i++) {
      entries.add(entry("expectations[" + i + "]", expectations.get(i)));
    }
    String name = text("the suite's name", first(root, "name", "expectation_suite_name"));
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (String key : List.of("evaluation_parameters", "suite_parameters")) {
      root.path(key).properties().forEach(p -> parameters.put(p.getKey(), p.getValue()));
    }
    return new GreatExpectationsSuite(name == null ? "" : name, entries, parameters);
  }

  private SuiteEntry entry(String place, JsonNode node) {
    if (!node.isObject()) {
      throw failure(place, show(node), "an object", null);
    }
    String type = text(place + ".type", first(node, "type", "expectation_type"));
    if (type == null) {
      throw failure(place, "without a type", "type or expectation_type", null);
    }
    JsonNode kwargs = node.path("kwargs");
    if (!kwargs.isObject() && !kwargs.isNull() && !kwargs.isMissingNode()) {
      throw failure(place + ".kwargs", show(kwargs), "an object", null);
    }
    ObjectNode arguments =
        kwargs instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    return new SuiteEntry(place, type, arguments, severity(place, node.get("severity")));
  }

  private Severity severity(String place, JsonNode node) {
    String text = text(place + ".severity", node);
    if (text == null) {
      return null;
    }
    try {
      return Severity.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw failure(place + ".severity", text, "critical, warning or info", e);
    }
  }

  private static JsonNode first(JsonNode object, String key, String older) {
    return object.hasNonNull(key) ? object.get(key) : object.get(older);
  }

  private String text(String place, JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw failure(place, show(node), "text", null);
    }
    return node.textValue();
  }

  /** Returns a short text of a JSON value for a message. */
  static String show(JsonNode node) {
    if (node.isObject()) {
      return "an object";
    }
    String text = node.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  private SuiteException failure(String place, String got, String expected, Throwable cause) {
    return new SuiteException(file + ": " + place + " is " + got + ", expected " + expected, cause);
  }
}
