package dev.sluice.expect.gx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Locale;
import java.util.Map;

/**
 * The values that stand for {@code {"$PARAMETER": "name"}}. Of Great Expectations' expressions only
 * a name and a fixed date, {@code datetime(2003, 1, 1)}, are understood.
 */
final class SuiteParameters {
  private static final String KEY = "$PARAMETER";
  private static final Pattern DATE =
      Pattern.compile(
          "(?:datetime\\.)?datetime\\(\\s*([0-9]{4})\\s*,\\s*([0-9]{1,2})\\s*,\\s*([0-9]{1,2})\\s*\\)");

  private final Map<String, JsonNode> values;

  SuiteParameters(Map<String, JsonNode> values) {
    this.values = values;
  }

  /** Returns the arguments with every parameter replaced by its value. */
  ObjectNode fill(ObjectNode kwargs) {
    JsonNode filled = filled(kwargs);
    if (!filled.isObject()) {
      throw Refusal.wrong("kwargs are " + SuiteFile.show(filled) + ", expected an object");
    }
    return (ObjectNode) filled;
  }

  private JsonNode filled(JsonNode node) {
    if (node.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> filled.add(filled(element)));
      return filled;
    }
    if (!node.isObject()) {
      return node;
    }
    if (node.has(KEY)) {
      return value(node.get(KEY));
    }
    ObjectNode filled = JsonNodeFactory.instance.objectNode();
    node.properties().forEach(p -> filled.set(p.getKey(), filled(p.getValue())));
    return filled;
  }

  private JsonNode value(JsonNode expression) {
    if (!expression.isTextual()) {
      throw Refusal.wrong(KEY + " is " + SuiteFile.show(expression) + ", expected a name");
    }
    String name = expression.textValue().strip();
    JsonNode value = values.get(name);
    if (value != null) {
      return value;
    }
    Matcher date = DATE.matcher(name);
    if (date.matches()) {
      return JsonNodeFactory.instance.textNode(
          String.format(
              Locale.ROOT,
              "%s-%02d-%02d",
              date.group(1),
              Integer.valueOf(date.group(2)),
              Integer.valueOf(date.group(3))));
    }
    if (name.contains("now()")) {
      throw Refusal.unsupported(
          "parameter " + name + " changes while the job runs, expected a fixed value");
    }
    throw Refusal.unsupported("parameter " + name + " has no value, expected one to be given");
  }
}
