package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.expect.Expectation;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import java.util.List;

/** Turns a data profile into JSON: keys in a fixed order, what is null left out. */
final class ProfileWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ProfileWriter() {}

  static ObjectNode toJson(DataProfile profile) {
    ObjectNode json = NODES.objectNode();
    json.put("formatVersion", profile.formatVersion());
    json.put("kind", profile.kind().name());
    json.put("modelName", profile.modelName());
    json.put("modelVersion", profile.modelVersion());
    json.put("modelSha256", profile.modelSha256());
    json.put("baselineSha256", profile.baselineSha256());
    put(json, "windowStart", profile.windowStart());
    put(json, "windowEnd", profile.windowEnd());
    json.put("window", profile.window());
    json.put("timeZone", profile.timeZone());
    json.put("segment", profile.segment());
    json.put("revision", profile.revision());
    json.put("rows", profile.rows());
    json.put("rejectedRows", profile.rejectedRows());
    json.put("lateRows", profile.lateRows());
    if (profile.dataSet() != null) {
      json.set("dataSet", dataSet(profile.dataSet()));
    }
    json.put("creator", profile.creator());
    json.set("columns", columns(profile.columns()));
    json.set("outputs", columns(profile.outputs()));
    if (!profile.parts().isEmpty()) {
      json.set("parts", PartsJson.toJson(profile.parts(), ProfileWriter::column));
    }
    return json;
  }

  private static ObjectNode dataSet(DataSet dataSet) {
    ObjectNode json = NODES.objectNode();
    json.put("name", dataSet.name());
    json.put("sha256", dataSet.sha256());
    json.put("rows", dataSet.rows());
    put(json, "firstEventTime", dataSet.firstEventTime());
    put(json, "lastEventTime", dataSet.lastEventTime());
    return json;
  }

  private static ArrayNode columns(List<ColumnProfile> profiles) {
    ArrayNode json = NODES.arrayNode();
    profiles.forEach(profile -> json.add(column(profile)));
    return json;
  }

  private static ObjectNode column(ColumnProfile profile) {
    ObjectNode json = NODES.objectNode();
    json.put("name", profile.name());
    json.put("valueType", profile.valueType().name());
    json.put("rows", profile.rows());
    json.put("missing", profile.missing());
    if (profile.isText()) {
      putTexts(profile, json);
    } else {
      putNumbers(profile, json);
    }
    ArrayNode expectations = json.putArray("expectations");
    profile.expectations().forEach(expectation -> expectations.add(expectation(expectation)));
    if (profile.drift() != null) {
      json.set("drift", drift(profile.drift()));
    }
    return json;
  }

  private static void putTexts(ColumnProfile profile, ObjectNode json) {
    put(json, "minLength", profile.minLength());
    put(json, "maxLength", profile.maxLength());
    ObjectNode values = json.putObject("values");
    profile.values().forEach((value, count) -> values.put(value, (long) count));
    json.put("valuesOverflow", profile.valuesOverflow());
  }

  private static void putNumbers(ColumnProfile profile, ObjectNode json) {
    json.put("nan", profile.nan());
    json.put("positiveInfinity", profile.positiveInfinity());
    json.put("negativeInfinity", profile.negativeInfinity());
    json.put("zeros", profile.zeros());
    json.put("saturated", profile.saturated());
    put(json, "min", profile.min());
    put(json, "max", profile.max());
    put(json, "mean", profile.mean());
    put(json, "variance", profile.variance());
    json.put("scaleExponent", profile.scaleExponent());
    // As text: many JSON readers round integers beyond 2^53.
    json.put("sum", profile.sum().toString());
    json.put("sumOfSquares", profile.sumOfSquares().toString());
    ArrayNode gridEdges = json.putArray("gridEdges");
    profile.gridEdges().forEach(gridEdges::add);
    ArrayNode gridCounts = json.putArray("gridCounts");
    profile.gridCounts().forEach(gridCounts::add);
    ArrayNode massEdges = json.putArray("massEdges");
    profile.massEdges().forEach(massEdges::add);
  }

  private static ObjectNode expectation(Expectation expectation) {
    ObjectNode json = NODES.objectNode();
    json.put("type", expectation.type().name());
    put(json, "min", expectation.min());
    put(json, "max", expectation.max());
    if (!expectation.values().isEmpty()) {
      ArrayNode values = json.putArray("values");
      expectation.values().forEach(values::add);
    }
    json.put("severity", expectation.severity().name());
    json.put("suggested", expectation.suggested());
    return json;
  }

  private static ObjectNode drift(ColumnDrift drift) {
    ObjectNode json = NODES.objectNode();
    json.put("metric", drift.metric());
    put(json, "value", drift.value());
    json.put("threshold", drift.threshold());
    json.put("errorBound", drift.errorBound());
    json.put("verdict", drift.verdict().name());
    return json;
  }

  private static void put(ObjectNode json, String key, Number value) {
    if (value instanceof Double number) {
      json.put(key, number);
    } else if (value != null) {
      json.put(key, value.longValue());
    }
  }
}
