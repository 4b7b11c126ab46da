package dev.sluice.model.verify;

import dev.sluice.model.DeclaredField;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Compares types and shapes of a signature with those of the graph. Columns that differ in the same
 * way share a line: a data frame of doubles for a model of floats is common.
 */
final class SignatureTypes {
  private static final int SHOWN_NAMES = 12;

  /** One way to differ. */
  private record Kind(String declared, String graph, DeclaredType.Difference difference) {}

  private final String role;
  private final Findings findings;
  private final Map<Kind, List<String>> differences = new LinkedHashMap<>();

  /**
   * @param role {@code input} or {@code output}; only inputs are fed, so for outputs no difference
   *     is a problem
   */
  SignatureTypes(String role, Findings findings) {
    this.role = role;
    this.findings = findings;
  }

  void compare(DeclaredField declared, TensorInfo tensor) {
    String name = declared.name().isEmpty() ? tensor.name() : declared.name();
    if (tensor.type() != ElementType.SCORES && !declared.type().isEmpty()) {
      DeclaredType type = DeclaredType.of(declared.type());
      DeclaredType actual = DeclaredType.of(tensor.type());
      Kind kind = new Kind(declared.type(), actual.name(), type.from(actual));
      differences.computeIfAbsent(kind, key -> new ArrayList<>()).add(name);
    }
    if (!declared.shape().isEmpty() && !tensor.shape().isEmpty()) {
      compareShapes(declared, tensor);
    }
  }

  private void compareShapes(DeclaredField declared, TensorInfo tensor) {
    List<Long> row = declared.shape().subList(1, declared.shape().size());
    List<Long> actual = tensor.rowShape();
    String line =
        "MLmodel's %s %s has the shape %s, the graph's is %s"
            .formatted(role, declared.name(), declared.shape(), tensor);
    Long width = width(row);
    Long actualWidth = width(actual);
    if (width != null && actualWidth != null && !width.equals(actualWidth)) {
      difference(DeclaredType.Difference.IMPOSSIBLE, line);
    } else if (row.size() != actual.size() || (width != null && !Objects.equals(row, actual))) {
      findings.note(line);
    }
  }

  /**
   * Returns the number of values per record, at most {@link Integer#MAX_VALUE}; null where a
   * dimension is dynamic.
   */
  static Long width(List<Long> row) {
    return row.stream().anyMatch(dimension -> dimension < 0)
        ? null
        : row.stream().reduce(1L, SignatureTypes::product);
  }

  /** Multiplies without an overflow: files may state any dimension. */
  private static long product(long a, long b) {
    return a == 0 || b <= Integer.MAX_VALUE / a ? a * b : Integer.MAX_VALUE;
  }

  /** Reports what was compared. */
  void report() {
    differences.forEach(
        (kind, names) -> {
          if (kind.difference != DeclaredType.Difference.NONE) {
            difference(
                kind.difference,
                "MLmodel's signature has %s where the graph has %s: %ss %s"
                    .formatted(kind.declared, kind.graph, role, shown(names)));
          }
        });
  }

  private void difference(DeclaredType.Difference difference, String line) {
    switch (difference) {
      case IMPOSSIBLE -> {
        if (role.equals("input")) {
          findings.problem(line);
        } else {
          findings.warning(line);
        }
      }
      case DOUBTFUL -> findings.warning(line);
      default -> findings.note(line);
    }
  }

  private static String shown(List<String> names) {
    return names.size() <= SHOWN_NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, SHOWN_NAMES))
            + " and "
            + (names.size() - SHOWN_NAMES)
            + " more";
  }
}
