package dev.sluice.expect;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * What tells expectations apart, as a text. Names and values that are not plain words stand in
 * quotes: a comma within one is not taken for one between two.
 */
final class ExpectationId {
  private static final int DIGEST_LENGTH = 32;

  private ExpectationId() {}

  static String of(Expectation expectation) {
    String text = text(expectation);
    return text.length() <= Expectation.MAX_ID
        ? text
        : text.substring(0, Expectation.MAX_ID - DIGEST_LENGTH - 1) + "#" + digest(text);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGEST_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static String text(Expectation expectation) {
    String parameters = parameters(expectation.parameters());
    return expectation.type()
        + (expectation.columns().isEmpty() ? "" : " " + joined(expectation.columns()))
        + (parameters.isEmpty() ? "" : " " + parameters)
        + (expectation.mostly() == 1 ? "" : " mostly " + expectation.mostly())
        + (expectation.when() == null ? "" : " when " + expectation.when())
        + (expectation.nanIsMissing() ? " nan missing" : "");
  }

  private static String parameters(Parameters parameters) {
    if (parameters instanceof ValueSet set) {
      return "[" + joined(set.values()) + "]";
    } else if (parameters instanceof Patterns patterns) {
      return (patterns.matchAll() ? "all" : "any") + " of [" + joined(patterns.patterns()) + "]";
    } else if (parameters instanceof PairSet set) {
      return set.pairs().stream()
          .map(pair -> "(" + quoted(pair.first()) + ", " + quoted(pair.second()) + ")")
          .collect(Collectors.joining(", ", "[", "] ignore " + set.ignoreRowIf()));
    } else if (parameters instanceof PairRule rule) {
      return (rule.orEqual() ? "or equal " : "")
          + (rule.missingEqual() ? "missing equal " : "")
          + "ignore "
          + rule.ignoreRowIf();
    } else if (parameters instanceof SumRule rule) {
      return rule.bounds().describe() + " ignore " + rule.ignoreRowIf();
    } else if (parameters instanceof Divergence divergence) {
      return of(divergence);
    }
    return parameters.describe(); // of numbers alone, or with quotes
  }

  private static String of(Divergence divergence) {
    return (divergence.edges().isEmpty()
            ? "values [" + joined(divergence.values()) + "]"
            : "edges " + divergence.edges())
        + " weights "
        + divergence.weights()
        + " threshold "
        + divergence.threshold()
        + " holdouts "
        + divergence.tailWeightHoldout()
        + " "
        + divergence.internalWeightHoldout();
  }

  private static String joined(Collection<String> texts) {
    return texts.stream().map(ExpectationId::quoted).collect(Collectors.joining(", "));
  }

  /** Returns a text that ends where it seems to end; null, which is no text, without quotes. */
  static String quoted(String text) {
    if (text == null) {
      return "null";
    }
    boolean plain = text.matches("[A-Za-z0-9_.+:/-]+") && !text.equals("null");
    return plain ? text : "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
