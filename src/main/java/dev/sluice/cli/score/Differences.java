package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;

/**
 * How far two values are apart: |a − b| for floating-point numbers, NaN and the infinities being
 * equal to themselves alone, and one of 32 bits to whatever it is the nearest to; 0 or infinity for
 * all else, which is equal or not. Arrays and scores are as far apart as the two elements that are
 * farthest.
 */
final class Differences {
  private Differences() {}

  /**
   * @param got a value of {@link OutputValues}
   * @param expected a value of the same kind, or a text that holds one
   */
  static double between(JsonNode got, JsonNode expected) {
    JsonNode value = unpacked(got, expected);
    if (got.isArray()) {
      return arrays(got, value);
    }
    if (got.isObject()) {
      return scores(got, value);
    }
    if (got.isFloatingPointNumber()) {
      return numbers(got, value);
    }
    if (got.isIntegralNumber()) {
      return exact(isInteger(got.longValue(), value));
    }
    if (got.isBoolean()) {
      return exact(value.asText().equalsIgnoreCase(got.asText()));
    }
    return exact(value.isTextual() && value.textValue().equals(got.textValue()));
  }

  /**
   * Takes a cell that holds JSON, and the one element that stands for itself, for what they are.
   */
  private static JsonNode unpacked(JsonNode got, JsonNode expected) {
    if (got.isContainerNode() && expected.isTextual()) {
      try {
        return JsonLines.parse("cell", expected.textValue());
      } catch (MalformedRowException e) {
        return expected; // no array and no scores, so it will differ
      }
    }
    return got.isValueNode() && expected.isArray() && expected.size() == 1
        ? unpacked(got, expected.get(0))
        : expected;
  }

  private static double exact(boolean equal) {
    return equal ? 0 : Double.POSITIVE_INFINITY;
  }

  private static double arrays(JsonNode got, JsonNode expected) {
    if (!expected.isArray() || expected.size() != got.size()) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (int i = 0; i < got.size(); i++) {
      worst = Math.max(worst, between(got.get(i), expected.get(i)));
    }
    return worst;
  }

  private static double scores(JsonNode got, JsonNode expected) {
    if (!expected.isObject() || expected.size() != got.size()) {
      return Double.POSITIVE_INFINITY;
    }
    double worst = 0;
    for (Map.Entry<String, JsonNode> score : got.properties()) {
      JsonNode other = expected.get(score.getKey());
      worst =
          Math.max(
              worst, other == null ? Double.POSITIVE_INFINITY : between(score.getValue(), other));
    }
    return worst;
  }

  private static double numbers(JsonNode got, JsonNode expected) {
    Double number = number(expected);
    if (number == null) {
      return Double.POSITIVE_INFINITY;
    }
    double value = got.doubleValue();
    if (Double.compare(value, number) == 0 || isRounded(got, number)) {
      return 0;
    }
    double difference = Math.abs(value - number);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /**
   * Returns whether a number of 32 bits is the nearest to the one expected: its own digits, read as
   * one of 64 bits, are another.
   */
  private static boolean isRounded(JsonNode got, double expected) {
    return got.isFloat()
        && !Double.isInfinite(got.doubleValue())
        && (float) expected == got.floatValue();
  }

  private static Double number(JsonNode expected) {
    if (expected.isNumber()) {
      return expected.doubleValue();
    }
    if (!expected.isTextual()) {
      return null;
    }
    return CellValues.number(expected.textValue());
  }

  private static boolean isInteger(long got, JsonNode expected) {
    String text = expected.asText();
    if (!expected.isNumber() && !expected.isTextual()) {
      return false;
    }
    Double rough = CellValues.number(text);
    return rough != null
        && !rough.isNaN()
        && !rough.isInfinite()
        && new BigDecimal(text.strip()).compareTo(BigDecimal.valueOf(got)) == 0;
  }
}
