package dev.sluice.model;

import static java.util.Objects.requireNonNull;

/**
 * An operator that a model uses.
 *
 * @param domain its domain; the empty string is ai.onnx
 * @param type its name, {@code MatMul}
 * @param count how many nodes use it; the body of a function counts once
 * @param inFunction whether only bodies of the model's own functions use it, whose operator sets
 *     may have other versions than the graph's
 */
public record OnnxOperator(String domain, String type, long count, boolean inFunction) {
  public OnnxOperator {
    requireNonNull(domain, "domain is null");
    requireNonNull(type, "type is null");
  }

  /** Returns the name of the domain as people write it: {@code ai.onnx} where it is empty. */
  public String domainName() {
    return domainName(domain);
  }

  /** Returns the name of any domain as people write it: {@code ai.onnx} where it is empty. */
  public static String domainName(String domain) {
    return domain.isEmpty() ? "ai.onnx" : domain;
  }

  /** Returns domain and type: {@code ai.onnx.ml.ZipMap}. */
  public String qualifiedName() {
    return domainName() + "." + type;
  }

  /** Returns the domain of ONNX's own operators, which has two names, by one of them. */
  static String canonicalDomain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }
}
