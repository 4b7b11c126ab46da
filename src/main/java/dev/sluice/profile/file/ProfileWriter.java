package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.ProfileKind;
import java.util.List;

/** Turns a data profile into JSON: keys in a fixed order, what is null left out. */
final class ProfileWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ProfileWriter() {}

  static ObjectNode toJson(DataProfile profile) {
    ObjectNode json = NODES.objectNode();
    json.put("formatVersion", profile.formatVersion());
    json.put("kind", profile.kind().name());
    json.put("modelName", profile.model().name());
    json.put("modelVersion", profile.model().version());
    json.put("modelSha256", profile.model().sha256());
    json.put("baselineSha256", profile.window().baselineSha256());
    put(json, "windowStart", profile.window().start());
    put(json, "windowEnd", profile.window().end());
    json.put("window", profile.window().length());
    json.put("timeZone", profile.window().timeZone());
    json.put("segment", profile.window().segment());
    json.put("revision", profile.window().revision());
    json.put("rows", profile.counts().rows());
    json.put("rejectedRows", profile.counts().rejected());
    json.put("lateRows", profile.counts().late());
    if (profile.kind() != ProfileKind.BASELINE) {
      json.put("final", profile.window().isFinal());
      json.put("readRecords", profile.counts().read());
      json.put("malformedRecords", profile.counts().malformed());
      json.put("predictedRecords", profile.counts().predicted());
      json.put("failedRecords", profile.counts().failed());
    }
    if (profile.dataSet() != null) {
      json.set("dataSet", dataSet(profile.dataSet()));
    }
    json.put("creator", profile.creator());
    json.set("columns", columns(profile.columns()));
    json.set("outputs", columns(profile.outputs()));
    if (!profile.expectations().isEmpty()) {
      ArrayNode expectations = json.putArray("expectations");
      profile.expectations().forEach(e -> expectations.add(ExpectationWriter.ofProfile(e)));
    }
    FindingsWriter.put(profile.findings(), json);
    if (!profile.parts().isEmpty()) {
      json.set("parts", PartsJson.toJson(profile.parts(), ColumnWriter::toJson));
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
    if (!dataSet.codePointer().isEmpty()) {
      json.put("codePointer", dataSet.codePointer());
    }
    return json;
  }

  private static ArrayNode columns(List<ColumnProfile> profiles) {
    ArrayNode json = NODES.arrayNode();
    profiles.forEach(profile -> json.add(ColumnWriter.toJson(profile)));
    return json;
  }

  /** Puts a number, unless it is null. */
  static void put(ObjectNode json, String key, Number value) {
    if (value instanceof Double number) {
      json.put(key, number);
    } else if (value != null) {
      json.put(key, value.longValue());
    }
  }
}
