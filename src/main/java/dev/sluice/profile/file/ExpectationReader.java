package dev.sluice.profile.file;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Condition;
import dev.sluice.expect.Divergence;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.expect.IgnoreRowIf;
import dev.sluice.expect.MaxAge;
import dev.sluice.expect.NoParameters;
import dev.sluice.expect.PairRule;
import dev.sluice.expect.PairSet;
import dev.sluice.expect.Parameters;
import dev.sluice.expect.Patterns;
import dev.sluice.expect.QuantileBounds;
import dev.sluice.expect.SumRule;
import dev.sluice.expect.TextBounds;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;
import dev.sluice.record.Severity;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns JSON into an expectation: its parameters stand beside its type. */
final class ExpectationReader {
  private final boolean isStated;

  /**
   * @param isStated whether expectations are stated here, and not kept by a job that took them
   *     before: regular expressions have to be small, and bounds of whole numbers exact
   */
  ExpectationReader(boolean isStated) {
    this.isStated = isStated;
  }

  /** Reads one that stands in the profile of a column of values of this type. */
  Expectation ofColumn(JsonFields fields, String column, ElementType type) {
    Expectation expectation = read(fields, List.of(column));
    if (!type.isFloating()) {
      requireExact(fields, expectation);
    }
    return expectation;
  }

  /**
   * Reads one that stands by itself and names the columns that it is about.
   *
   * @param floating columns that are known to hold floating-point numbers
   */
  Expectation ofProfile(JsonFields fields, Set<String> floating) {
    Expectation expectation =
        read(fields, fields.has("columns") ? fields.texts("columns") : List.of());
    if (Collections.disjoint(expectation.columns(), floating)) {
      requireExact(fields, expectation);
    }
    return expectation;
  }

  /** Whole numbers of records are held against bounds as such, statistics of windows as doubles. */
  private void requireExact(JsonFields fields, Expectation expectation) {
    boolean isOfRecords =
        expectation.type() == ExpectationType.RANGE || expectation.type() == ExpectationType.SUM;
    if (isStated && isOfRecords) {
      boolean strictMin = flag(fields, "strictMin");
      boolean strictMax = flag(fields, "strictMax");
      fields.requireExact("min", min -> Bounds.isExactMin(min, strictMin));
      fields.requireExact("max", max -> Bounds.isExactMax(max, strictMax));
    }
  }

  private Expectation read(JsonFields fields, List<String> columns) {
    ExpectationType type = fields.oneOf("type", ExpectationType.class);
    Double mostly = fields.optionalNumber("mostly");
    Expectation expectation =
        fields.build(
            () ->
                new Expectation(
                    type,
                    columns,
                    parameters(fields, type.parameters()),
                    mostly == null ? 1 : mostly,
                    fields.has("when") ? Condition.parse(fields.text("when")) : null,
                    flag(fields, "nanIsMissing"),
                    fields.oneOf("severity", Severity.class),
                    flag(fields, "suggested")));
    fields.finish();
    return expectation;
  }

  private Parameters parameters(JsonFields fields, Class<? extends Parameters> kind) {
    if (kind == NoParameters.class) {
      return NoParameters.NONE;
    } else if (kind == Bounds.class) {
      return bounds(fields);
    } else if (kind == TextBounds.class) {
      return textBounds(fields);
    } else if (kind == ValueSet.class) {
      return new ValueSet(new LinkedHashSet<>(fields.texts("values")));
    } else if (kind == Patterns.class) {
      boolean matchAll = fields.has("matchAll") && fields.flag("matchAll");
      List<String> patterns = fields.texts("patterns");
      return isStated ? Patterns.stated(patterns, matchAll) : new Patterns(patterns, matchAll);
    } else if (kind == MaxAge.class) {
      return new MaxAge(duration(fields, "maxAge"));
    } else if (kind == PairRule.class) {
      return new PairRule(
          flag(fields, "orEqual"), ignoreRowIf(fields), flag(fields, "missingEqual"));
    } else if (kind == PairSet.class) {
      return new PairSet(fields.objects("pairs", ExpectationReader::pair), ignoreRowIf(fields));
    } else if (kind == SumRule.class) {
      return new SumRule(bounds(fields), ignoreRowIf(fields));
    } else if (kind == QuantileBounds.class) {
      return new QuantileBounds(fields.objects("quantiles", ExpectationReader::quantile));
    }
    return divergence(fields);
  }

  private static boolean flag(JsonFields fields, String key) {
    return fields.has(key) && fields.flag(key);
  }

  private static Bounds bounds(JsonFields fields) {
    Double min = fields.optionalNumber("min");
    Double max = fields.optionalNumber("max");
    if (min != null && max != null && min > max) {
      throw fields.failureAt("min", min, "at most max " + max);
    }
    return new Bounds(min, max, flag(fields, "strictMin"), flag(fields, "strictMax"));
  }

  private static TextBounds textBounds(JsonFields fields) {
    return new TextBounds(
        fields.has("min") ? fields.text("min") : null,
        fields.has("max") ? fields.text("max") : null,
        flag(fields, "strictMin"),
        flag(fields, "strictMax"));
  }

  private static IgnoreRowIf ignoreRowIf(JsonFields fields) {
    return fields.has("ignoreRowIf")
        ? fields.oneOf("ignoreRowIf", IgnoreRowIf.class)
        : IgnoreRowIf.ANY_MISSING;
  }

  private static Duration duration(JsonFields fields, String key) {
    String text = fields.text(key);
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw fields.failureAt(key, text, "an ISO-8601 duration such as PT1H");
    }
  }

  private static PairSet.Pair pair(JsonFields fields) {
    PairSet.Pair pair =
        new PairSet.Pair(
            fields.has("first") ? fields.text("first") : null,
            fields.has("second") ? fields.text("second") : null);
    fields.finish();
    return pair;
  }

  private static QuantileBounds.QuantileBound quantile(JsonFields fields) {
    QuantileBounds.QuantileBound quantile =
        fields.build(() -> new QuantileBounds.QuantileBound(fields.number("p"), bounds(fields)));
    fields.finish();
    return quantile;
  }

  private static Divergence divergence(JsonFields fields) {
    Double tails = fields.optionalNumber("tailWeightHoldout");
    Double inside = fields.optionalNumber("internalWeightHoldout");
    return new Divergence(
        fields.has("edges") ? fields.edges("edges") : List.of(),
        fields.has("values") ? fields.texts("values") : List.of(),
        fields.numbers("weights"),
        fields.optionalNumber("threshold"),
        tails == null ? 0 : tails,
        inside == null ? 0 : inside);
  }
}
