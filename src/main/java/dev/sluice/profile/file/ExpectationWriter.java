package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.expect.Bounds;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.MaxAge;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.PairSet;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.Patterns;
import dev.sluice.expect.QuantileBounds;
import dev.sluice.expect.SumRule;
import dev.sluice.expect.TextBounds;
import dev.sluice.expect.ValueSet;

/** Turns an expectation into the JSON that {@link ExpectationReader} reads. */
final class ExpectationWriter {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ExpectationWriter() {}

  /** Writes one that stands in its column's profile. */
  static ObjectNode ofColumn(Expectation expectation) {
    ObjectNode json = NODES.objectNode();
    json.put("type", expectation.type().name());
    return putAll(expectation, json);
  }

  /** Writes one that stands by itself. */
  static ObjectNode ofProfile(Expectation expectation) {
    ObjectNode json = NODES.objectNode();
    json.put("type", expectation.type().name());
    if (!expectation.columns().isEmpty()) {
      ArrayNode columns = json.putArray("columns");
      expectation.columns().forEach(columns::add);
    }
    return putAll(expectation, json);
  }

  private static ObjectNode putAll(Expectation expectation, ObjectNode json) {
    putParameters(expectation.parameters(), json);
    if (expectation.mostly() != 1) {
      json.put("mostly", expectation.mostly());
    }
    if (expectation.when() != null) {
      json.put("when", expectation.when().toString());
    }
    putFlag("nanIsMissing", expectation.nanIsMissing(), json);
    json.put("severity", expectation.severity().name());
    json.put("suggested", expectation.suggested());
    return json;
  }

  private static void putParameters(Parameters parameters, ObjectNode json) {
    if (parameters instanceof Bounds bounds) {
      putBounds(bounds, json);
    } else if (parameters instanceof TextBounds bounds) {
      putTextBounds(bounds, json);
    } else if (parameters instanceof ValueSet set) {
      ArrayNode values = json.putArray("values");
      set.values().forEach(values::add);
    } else if (parameters instanceof Patterns patterns) {
      ArrayNode texts = json.putArray("patterns");
      patterns.patterns().forEach(texts::add);
      putFlag("matchAll", patterns.matchAll(), json);
    } else if (parameters instanceof MaxAge age) {
      json.put("maxAge", age.age().toString());
    } else if (parameters instanceof PairRule rule) {
      putFlag("orEqual", rule.orEqual(), json);
      putIgnoreRowIf(rule.ignoreRowIf(), json);
      putFlag("missingEqual", rule.missingEqual(), json);
    } else if (parameters instanceof PairSet set) {
      ArrayNode pairs = json.putArray("pairs");
      set.pairs().forEach(pair -> pairs.add(pair(pair)));
      putIgnoreRowIf(set.ignoreRowIf(), json);
    } else if (parameters instanceof SumRule rule) {
      putBounds(rule.bounds(), json);
      putIgnoreRowIf(rule.ignoreRowIf(), json);
    } else if (parameters instanceof QuantileBounds bounds) {
      ArrayNode quantiles = json.putArray("quantiles");
      bounds.quantiles().forEach(quantile -> quantiles.add(quantile(quantile)));
    } else if (parameters instanceof Divergence divergence) {
      putDivergence(divergence, json);
    }
  }

  private static void putFlag(String key, boolean flag, ObjectNode json) {
    if (flag) {
      json.put(key, true);
    }
  }

  private static void putIgnoreRowIf(IgnoreRowIf ignoreRowIf, ObjectNode json) {
    json.put("ignoreRowIf", ignoreRowIf.name());
  }

  private static void putBounds(Bounds bounds, ObjectNode json) {
    if (bounds.min() != null) {
      json.put("min", bounds.min());
    }
    if (bounds.max() != null) {
      json.put("max", bounds.max());
    }
    putFlag("strictMin", bounds.strictMin(), json);
    putFlag("strictMax", bounds.strictMax(), json);
  }

  private static void putTextBounds(TextBounds bounds, ObjectNode json) {
    if (bounds.min() != null) {
      json.put("min", bounds.min());
    }
    if (bounds.max() != null) {
      json.put("max", bounds.max());
    }
    putFlag("strictMin", bounds.strictMin(), json);
    putFlag("strictMax", bounds.strictMax(), json);
  }

  private static ObjectNode pair(PairSet.Pair pair) {
    ObjectNode json = NODES.objectNode();
    if (pair.first() != null) {
      json.put("first", pair.first());
    }
    if (pair.second() != null) {
      json.put("second", pair.second());
    }
    return json;
  }

  private static ObjectNode quantile(QuantileBounds.QuantileBound quantile) {
    ObjectNode json = NODES.objectNode();
    json.put("p", quantile.p());
    putBounds(quantile.bounds(), json);
    return json;
  }

  /** JSON has no infinite numbers. */
  private static void putEdge(double edge, ArrayNode edges) {
    if (Double.isInfinite(edge)) {
      edges.add(edge < 0 ? "-inf" : "inf");
    } else {
      edges.add(edge);
    }
  }

  private static void putDivergence(Divergence divergence, ObjectNode json) {
    if (!divergence.edges().isEmpty()) {
      ArrayNode edges = json.putArray("edges");
      divergence.edges().forEach(edge -> putEdge(edge, edges));
    }
    if (!divergence.values().isEmpty()) {
      divergence.values().forEach(json.putArray("values")::add);
    }
    divergence.weights().forEach(json.putArray("weights")::add);
    if (divergence.threshold() != null) {
      json.put("threshold", divergence.threshold());
    }
    json.put("tailWeightHoldout", divergence.tailWeightHoldout());
    json.put("internalWeightHoldout", divergence.internalWeightHoldout());
  }
}
