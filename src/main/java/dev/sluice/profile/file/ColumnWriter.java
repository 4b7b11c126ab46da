package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import java.util.List;
import java.util.Map;

/**
 * Turns the profile of one column into JSON: what a person looks for first comes first. Some of it
 * follows from the rest and is there to be read: mean, variance, standard deviation, mean length,
 * mean size, quantiles and the counts of the equal-mass bins.
 */
final class ColumnWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ColumnWriter() {}

  static ObjectNode toJson(ColumnProfile profile) {
    ObjectNode json = NODES.objectNode();
    json.put("name", profile.name());
    if (!profile.note().isEmpty()) {
      json.put("note", profile.note());
    }
    json.put("valueType", profile.valueType().name());
    json.put("rows", profile.rows());
    json.put("missing", profile.missing());
    if (profile.arrays() > 0) {
      json.put("arrays", profile.arrays());
      json.put("minSize", profile.minSize());
      json.put("maxSize", profile.maxSize());
      json.put("meanSize", profile.meanSize());
    }
    if (profile.isText()) {
      putTexts(profile, json);
    } else {
      putNumbers(profile, json);
    }
    ArrayNode expectations = json.putArray("expectations");
    profile.expectations().forEach(e -> expectations.add(ExpectationWriter.ofColumn(e)));
    VariationJson.put(profile.variation(), json);
    if (profile.drift() != null) {
      json.set("drift", DriftJson.toJson(profile.drift()));
    }
    return json;
  }

  private static void putTexts(ColumnProfile profile, ObjectNode json) {
    ProfileWriter.put(json, "minLength", profile.minLength());
    ProfileWriter.put(json, "maxLength", profile.maxLength());
    ProfileWriter.put(json, "meanLength", profile.meanLength());
    if (profile.present() > 0) {
      json.put("totalLength", profile.texts().totalLength());
    }
    putDistinct(profile.distinct(), json);
    putValues(profile, json);
  }

  private static void putNumbers(ColumnProfile profile, ObjectNode json) {
    json.put("nan", profile.nan());
    json.put("positiveInfinity", profile.positiveInfinity());
    json.put("negativeInfinity", profile.negativeInfinity());
    json.put("zeros", profile.zeros());
    ProfileWriter.put(json, "min", profile.min());
    ProfileWriter.put(json, "max", profile.max());
    ProfileWriter.put(json, "mean", profile.mean());
    ProfileWriter.put(json, "variance", profile.variance());
    ProfileWriter.put(json, "standardDeviation", profile.standardDeviation());
    putQuantiles(profile, json);
    putDistinct(profile.distinct(), json);
    putValues(profile, json);
    json.put("scaleExponent", profile.scaleExponent());
    // As text: many JSON readers round integers beyond 2^53.
    json.put("sum", profile.sum().toString());
    json.put("sumOfSquares", profile.sumOfSquares().toString());
    json.put("saturated", profile.saturated());
    putNumbers(json, "gridEdges", profile.gridEdges());
    putCounts(json, "gridCounts", profile.gridCounts());
    putNumbers(json, "massEdges", profile.massEdges());
    putCounts(json, "massCounts", profile.massCounts());
  }

  private static void putQuantiles(ColumnProfile profile, ObjectNode json) {
    if (profile.finite() == 0) {
      return;
    }
    ObjectNode quantiles = json.putObject("quantiles");
    profile
        .quantiles()
        .forEach(
            (name, quantile) -> {
              ObjectNode line = new JsonLayout.OneLine();
              line.put("value", quantile.value());
              line.put("errorBound", quantile.errorBound());
              quantiles.set(name, line);
            });
  }

  private static void putDistinct(Distinct distinct, ObjectNode json) {
    if (distinct == null) {
      return;
    }
    ObjectNode line = new JsonLayout.OneLine();
    line.put("estimate", (long) distinct.estimate());
    line.put("relativeError", distinct.relativeError());
    line.put("exact", distinct.exact());
    if (!distinct.hashes().isEmpty()) {
      line.put("hashes", Hashes.toText(distinct.hashes()));
    }
    json.set("distinct", line);
  }

  private static void putValues(ColumnProfile profile, ObjectNode json) {
    putValues(json, "values", profile.values());
    json.put("valuesOverflow", profile.valuesOverflow());
    if (!profile.commonValues().isEmpty()) {
      putValues(json, "commonValues", profile.commonValues());
    }
  }

  private static void putValues(ObjectNode json, String key, Map<String, Long> counts) {
    ObjectNode values = json.putObject(key);
    counts.forEach((value, count) -> values.put(value, (long) count));
  }

  private static void putNumbers(ObjectNode json, String key, List<Double> numbers) {
    ArrayNode array = json.putArray(key);
    numbers.forEach(array::add);
  }

  private static void putCounts(ObjectNode json, String key, List<Long> counts) {
    ArrayNode array = json.putArray(key);
    counts.forEach(array::add);
  }
}
