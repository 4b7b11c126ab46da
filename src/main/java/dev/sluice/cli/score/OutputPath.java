package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the outputs of a row: {@code label}, {@code probabilities[1]}, {@code boxes[0][3]},
 * {@code output_probability[unhealthy]}.
 *
 * @param output the output's name
 * @param steps the index of an array's element or the label of a score, outermost first
 */
record OutputPath(String output, List<String> steps) {
  private static final Pattern STEPS = Pattern.compile("(\\[[^\\]]+\\])*");
  private static final Pattern STEP = Pattern.compile("\\[([^\\]]+)\\]");

  OutputPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path, or returns null where it begins with none of the outputs.
   *
   * @param outputs the names of the model's outputs, which may hold brackets themselves
   */
  static OutputPath parse(String text, List<String> outputs) {
    for (String output : outputs) {
      String rest = text.startsWith(output) ? text.substring(output.length()) : null;
      if (rest != null && STEPS.matcher(rest).matches()) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(rest);
        while (matcher.find()) {
          steps.add(matcher.group(1));
        }
        return new OutputPath(output, steps);
      }
    }
    return null;
  }

  /** Returns the value at this place, or null where there is none. */
  JsonNode in(ObjectNode outputs) {
    JsonNode node = outputs.get(output);
    for (String step : steps) {
      if (node == null) {
        return null;
      }
      node = node.isArray() ? element(node, step) : node.get(step);
    }
    return node;
  }

  private static JsonNode element(JsonNode array, String step) {
    try {
      return array.get(Integer.parseInt(step));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(output);
    steps.forEach(step -> text.append('[').append(step).append(']'));
    return text.toString();
  }
}
