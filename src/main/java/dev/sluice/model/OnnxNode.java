package dev.sluice.model;

import java.util.Optional;

/** One node of a graph while it is read; keeps only what {@link OnnxGraph} tells of it. */
final class OnnxNode {
  /** What ONNX Runtime takes outside Windows where a StringNormalizer names no locale. */
  private static final String DEFAULT_LOCALE = "en_US.UTF-8";

  private String domain = "";
  private String type = "";
  private boolean changesCase;
  private boolean caseSensitive;
  private boolean hasStopWords;
  private boolean notEmbedded;
  private String locale = DEFAULT_LOCALE;

  void setDomain(String newDomain) {
    domain = OnnxOperator.canonicalDomain(newDomain);
  }

  void setType(String newType) {
    type = newType;
  }

  String domain() {
    return domain;
  }

  String type() {
    return type;
  }

  /**
   * Takes an attribute.
   *
   * @param text its text, empty where it has none or a long one
   * @param number its number, 0 where it has none
   * @param listsTexts whether it is a list of texts with at least one
   */
  void attribute(String name, String text, long number, boolean listsTexts) {
    switch (name) {
      case "case_change_action" -> changesCase = text.equals("LOWER") || text.equals("UPPER");
      case "is_case_sensitive" -> caseSensitive = number != 0;
      case "stopwords" -> hasStopWords = listsTexts;
      case "locale" -> locale = text;
      case "embed_mode" -> notEmbedded = number == 0;
      default -> {
        // Other attributes say nothing about the machine or the files that the model needs.
      }
    }
  }

  /** Returns whether it stands for a part of the graph that a provider has compiled to a file. */
  boolean isInContextFile() {
    return domain.equals("com.microsoft") && type.equals("EPContext") && notEmbedded;
  }

  /** Returns the locale that the machine has to have to run this node, if any. */
  Optional<String> neededLocale() {
    boolean needed = changesCase || (hasStopWords && !caseSensitive);
    return domain.isEmpty() && type.equals("StringNormalizer") && needed
        ? Optional.of(locale)
        : Optional.empty();
  }
}
