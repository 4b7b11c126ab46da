package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.profile.ExpectationResult;
import dev.sluice.profile.RejectionCount;
import dev.sluice.profile.WindowFindings;
import java.util.Locale;

/**
 * Turns what a window says of expectations and rejections into JSON; nothing where it is silent.
 */
final class FindingsWriter {
  private FindingsWriter() {}

  static void put(WindowFindings findings, ObjectNode json) {
    if (!findings.expectations().isEmpty()) {
      ArrayNode results = json.putArray("expectationResults");
      findings.expectations().forEach(result -> put(result, results.addObject()));
    }
    if (!findings.rejections().isEmpty()) {
      ArrayNode rejections = json.putArray("rejections");
      findings.rejections().forEach(rejection -> put(rejection, rejections.addObject()));
    }
  }

  private static void put(ExpectationResult result, ObjectNode json) {
    json.put("id", result.id());
    json.put("type", result.type().name());
    json.put("expectation", result.expectation());
    ArrayNode columns = json.putArray("columns");
    result.columns().forEach(columns::add);
    json.put("severity", result.severity().name().toLowerCase(Locale.ROOT));
    json.put("evaluated", result.evaluated());
    json.put("unexpected", result.unexpected());
    if (result.share() != null) {
      json.put("share", result.share());
    }
    json.put("mostly", result.mostly());
    if (result.observed() != null) {
      json.put("observed", result.observed());
    }
    if (result.met() != null) {
      json.put("met", result.met());
    }
    if (!result.reason().isEmpty()) {
      json.put("reason", result.reason());
    }
  }

  private static void put(RejectionCount rejection, ObjectNode json) {
    json.put("reason", rejection.reason().name());
    json.put("producer", rejection.producer());
    json.put("count", rejection.count());
  }
}
