package dev.sluice.model.verify;

import dev.sluice.record.ElementType;
import java.util.Locale;

/** A type by the name that NumPy gives it, to compare MLflow's names with those of the graph. */
record DeclaredType(String name) {
  private enum Family {
    FLOATING,
    INTEGRAL,
    BOOLEAN,
    TEXT,
    OTHER
  }

  /** How a type that is declared differs from the one that the graph has. */
  enum Difference {
    NONE,
    /** Numbers of another size, or integers for floats: the values are converted. */
    CONVERTED,
    /** Values of this type may not fit: floats for integers, numbers for booleans. */
    DOUBTFUL,
    /** Texts for numbers or numbers for texts. */
    IMPOSSIBLE,
    /** A type that says nothing here, such as a date. */
    UNKNOWN
  }

  /** Takes a name of MLflow's columns ({@code double}) or of NumPy ({@code float64}). */
  static DeclaredType of(String declared) {
    String lower = declared.toLowerCase(Locale.ROOT);
    return new DeclaredType(
        switch (lower) {
          case "double" -> "float64";
          case "float" -> "float32";
          case "long" -> "int64";
          case "integer" -> "int32";
          case "boolean" -> "bool";
          case "str" -> "string";
          default -> lower;
        });
  }

  static DeclaredType of(ElementType type) {
    return of(type.name());
  }

  Difference from(DeclaredType graph) {
    Family declared = family();
    Family actual = graph.family();
    if (name.equals(graph.name)) {
      return Difference.NONE;
    }
    if (declared == Family.OTHER || actual == Family.OTHER) {
      return Difference.UNKNOWN;
    }
    if ((declared == Family.TEXT) != (actual == Family.TEXT)) {
      return Difference.IMPOSSIBLE;
    }
    boolean fits =
        declared == actual
            || actual == Family.FLOATING
            || (declared == Family.BOOLEAN && actual == Family.INTEGRAL);
    return fits ? Difference.CONVERTED : Difference.DOUBTFUL;
  }

  private Family family() {
    if (name.startsWith("float") || name.equals("bfloat16")) {
      return Family.FLOATING;
    }
    if (name.startsWith("int") || name.startsWith("uint")) {
      return Family.INTEGRAL;
    }
    return switch (name) {
      case "bool" -> Family.BOOLEAN;
      case "string" -> Family.TEXT;
      default -> Family.OTHER;
    };
  }
}
