package dev.sluice.cli.score;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How far the values of one output are from those expected. */
final class OutputAgreement {
  private static final int MAX_SHOWN = 200;

  private final String output;
  private final double tolerance;
  private long compared;
  private long beyond;
  private double worst = -1;
  private String worstPlace = "";

  OutputAgreement(String output, double tolerance) {
    this.output = output;
    this.tolerance = tolerance;
  }

  /**
   * @param got null where the output has no such place
   */
  void compare(long row, OutputPath path, JsonNode got, JsonNode expected) {
    double difference = got == null ? Double.POSITIVE_INFINITY : Differences.between(got, expected);
    compared++;
    if (difference > tolerance) {
      beyond++;
    }
    if (difference > worst) {
      worst = difference;
      worstPlace =
          "row " + row + ": " + path + " is " + shown(got) + ", expected " + shown(got, expected);
    }
  }

  /** A cell of CSV is shown as the number it is, not as a text in quotes. */
  private static String shown(JsonNode got, JsonNode expected) {
    boolean cell = expected.isTextual() && (got == null || !got.isTextual());
    return cell ? MalformedRowException.shown(expected.textValue()) : shown(expected);
  }

  private static String shown(JsonNode value) {
    String text = value == null ? "not there" : value.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  boolean agrees() {
    return beyond == 0;
  }

  boolean isCompared() {
    return compared > 0;
  }

  /** Returns one line for a person. */
  String line() {
    if (compared == 0) {
      return "  " + output + ": nothing expected";
    }
    String counted =
        String.format(Locale.ROOT, "  %s: %,d of %,d values differ", output, beyond, compared);
    if (worst <= 0) {
      return counted + ", all are equal";
    }
    return counted
        + (Double.isInfinite(worst)
            ? "; first "
            : String.format(Locale.ROOT, "; worst by %.3g ", worst))
        + "in "
        + worstPlace;
  }
}
