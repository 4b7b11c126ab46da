package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftSign;
import dev.sluice.profile.DriftSignKind;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.Significance;
import java.util.List;

/** The drift of a column as JSON. */
final class DriftJson {
  private DriftJson() {}

  static ObjectNode toJson(ColumnDrift drift) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("metric", drift.metric());
    ProfileWriter.put(json, "value", drift.value());
    json.put("threshold", drift.threshold());
    json.put("errorBound", drift.errorBound());
    json.put("verdict", drift.verdict().name());
    json.put("reference", drift.reference());
    json.put("neededRows", drift.neededRows());
    if (drift.significance() != null) {
      json.set("significance", significance(drift.significance()));
    }
    ArrayNode metrics = json.putArray("metrics");
    for (DriftMetric metric : drift.metrics()) {
      ObjectNode line = new JsonLayout.OneLine();
      line.put("name", metric.name());
      line.put("value", metric.value());
      line.put("errorBound", metric.errorBound());
      metrics.add(line);
    }
    ArrayNode signs = json.putArray("signs");
    for (DriftSign sign : drift.signs()) {
      ObjectNode line = new JsonLayout.OneLine();
      line.put("kind", sign.kind().name());
      line.put("value", sign.value());
      line.put("message", sign.message());
      signs.add(line);
    }
    return json;
  }

  private static ObjectNode significance(Significance significance) {
    ObjectNode line = new JsonLayout.OneLine();
    line.put("test", significance.test());
    line.put("statistic", significance.statistic());
    line.put("degreesOfFreedom", significance.degreesOfFreedom());
    line.put("pValue", significance.pValue());
    line.put("significant", significance.significant());
    return line;
  }

  /** Reads what a profile has under {@code drift}; a file of an earlier job has less. */
  static ColumnDrift read(JsonFields fields) {
    ColumnDrift drift =
        fields.build(
            () ->
                new ColumnDrift(
                    fields.text("metric"),
                    fields.optionalNumber("value"),
                    fields.number("threshold"),
                    fields.number("errorBound"),
                    fields.oneOf("verdict", DriftVerdict.class),
                    fields.has("reference") ? fields.text("reference") : ColumnDrift.BASELINE,
                    fields.has("neededRows") ? fields.count("neededRows") : 0,
                    fields.has("significance") ? significance(fields.fields("significance")) : null,
                    fields.has("metrics")
                        ? fields.objects("metrics", DriftJson::metric)
                        : List.of(),
                    fields.has("signs") ? fields.objects("signs", DriftJson::sign) : List.of()));
    fields.finish();
    return drift;
  }

  private static Significance significance(JsonFields fields) {
    Significance significance =
        fields.build(
            () ->
                new Significance(
                    fields.text("test"),
                    fields.number("statistic"),
                    fields.count("degreesOfFreedom"),
                    fields.number("pValue"),
                    fields.flag("significant")));
    fields.finish();
    return significance;
  }

  private static DriftMetric metric(JsonFields fields) {
    DriftMetric metric =
        fields.build(
            () ->
                new DriftMetric(
                    fields.text("name"), fields.number("value"), fields.number("errorBound")));
    fields.finish();
    return metric;
  }

  private static DriftSign sign(JsonFields fields) {
    DriftSign sign =
        fields.build(
            () ->
                new DriftSign(
                    fields.oneOf("kind", DriftSignKind.class),
                    fields.number("value"),
                    fields.text("message")));
    fields.finish();
    return sign;
  }
}
