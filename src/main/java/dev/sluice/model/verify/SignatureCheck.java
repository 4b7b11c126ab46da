package dev.sluice.model.verify;

import dev.sluice.model.DeclaredField;
import dev.sluice.model.MlModelFile;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds the signature of an {@code MLmodel} file against the graph. The graph decides what is fed;
 * a signature that says something else is of another model, or its columns were renamed.
 */
final class SignatureCheck {
  private final MlModelFile file;
  private final Findings findings;

  private SignatureCheck(MlModelFile file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  static void check(MlModelFile file, ModelSignature graph, Findings findings) {
    SignatureCheck check = new SignatureCheck(file, findings);
    if (file.inputs().isEmpty() && file.outputs().isEmpty()) {
      findings.note("MLmodel has no signature; inputs and outputs are taken from the graph");
      return;
    }
    if (!file.inputs().isEmpty()) {
      check.inputs(graph.inputs());
    }
    if (!file.outputs().isEmpty()) {
      check.outputs(graph.outputs());
    }
  }

  private void inputs(List<TensorInfo> inputs) {
    List<DeclaredField> declared = file.inputs();
    SignatureTypes types = new SignatureTypes("input", findings);
    if (inputs.size() == 1 && declared.size() > 1) {
      columnsOfOneTensor(inputs.get(0), types);
    } else if (inputs.size() == 1) {
      onlyPair("input", declared.get(0), inputs.get(0), types);
    } else {
      List<TensorInfo> left = byName("input", declared, inputs, types);
      for (TensorInfo input : left) {
        findings.problem(
            "MLmodel's signature lacks the input "
                + input
                + ", which the graph takes; it has "
                + names(declared));
      }
    }
    types.report();
  }

  private void columnsOfOneTensor(TensorInfo input, SignatureTypes types) {
    List<DeclaredField> declared = file.inputs();
    if (input.hasFixedRowShape()) {
      long width = SignatureTypes.width(input.rowShape());
      if (width != declared.size()) {
        findings.problem(
            "MLmodel's signature has %d columns, but the graph's only input %s takes %d values per record"
                .formatted(declared.size(), input, width));
      }
    }
    declared.forEach(field -> types.compare(field, input));
    List<String> names = declared.stream().map(DeclaredField::name).toList();
    List<String> order = file.featureOrder();
    if (!names.contains("") && !names.equals(order)) {
      findings.warning(
          "MLmodel's signature has the columns "
              + names
              + ", but metadata.feature_order, which decides, is "
              + order);
    }
  }

  private void outputs(List<TensorInfo> outputs) {
    List<DeclaredField> declared = file.outputs();
    SignatureTypes types = new SignatureTypes("output", findings);
    if (outputs.size() == 1 && declared.size() == 1) {
      onlyPair("output", declared.get(0), outputs.get(0), types);
    } else if (declared.stream().anyMatch(field -> field.name().isEmpty())) {
      findings.note(
          "MLmodel's signature does not name its outputs, so they are not compared with "
              + outputs);
    } else {
      List<TensorInfo> left = byName("output", declared, outputs, types);
      if (!left.isEmpty()) {
        findings.note("MLmodel's signature lacks the outputs " + left + ", which the graph gives");
      }
    }
    types.report();
  }

  private void onlyPair(
      String role, DeclaredField declared, TensorInfo tensor, SignatureTypes types) {
    if (!declared.name().isEmpty() && !declared.name().equals(tensor.name())) {
      findings.note(
          "MLmodel calls the only %s %s, the graph %s"
              .formatted(role, declared.name(), tensor.name()));
    }
    types.compare(declared, tensor);
  }

  /**
   * Compares what has the same name, and returns the tensors that nothing has the name of. Only
   * inputs are fed: of outputs, no name is a problem.
   */
  private List<TensorInfo> byName(
      String role, List<DeclaredField> declared, List<TensorInfo> tensors, SignatureTypes types) {
    List<String> names = names(tensors, TensorInfo::name);
    ColumnNames offered = new ColumnNames(names);
    Map<String, String> taken = new HashMap<>();
    for (DeclaredField field : declared) {
      List<String> candidates = offered.candidates(field.name());
      if (candidates.isEmpty()) {
        misnamed(
            role,
            "MLmodel's signature has the %s %s, but the graph has %s"
                .formatted(role, field.name().isEmpty() ? "without a name" : field.name(), names));
      } else if (candidates.size() > 1) {
        misnamed(
            role,
            "MLmodel's %s %s can be each of the graph's %s, expected names that differ in letters and digits"
                .formatted(role, field.name(), candidates));
      } else if (taken.containsKey(candidates.get(0))) {
        String name = candidates.get(0);
        misnamed(
            role,
            "MLmodel's %s %s and %s are both the graph's %s, expected names that differ in letters and digits"
                .formatted(role, field.name(), taken.get(name), name));
      } else {
        String name = candidates.get(0);
        taken.put(name, field.name());
        if (!name.equals(field.name())) {
          findings.note("MLmodel's %s %s is the graph's %s".formatted(role, field.name(), name));
        }
        tensors.stream()
            .filter(tensor -> tensor.name().equals(name))
            .forEach(tensor -> types.compare(field, tensor));
      }
    }
    return tensors.stream().filter(tensor -> !taken.containsKey(tensor.name())).toList();
  }

  private void misnamed(String role, String line) {
    if (role.equals("input")) {
      findings.problem(line);
    } else {
      findings.warning(line);
    }
  }

  private static List<String> names(List<DeclaredField> fields) {
    return names(fields, DeclaredField::name);
  }

  private static <T> List<String> names(List<T> values, Function<T, String> name) {
    return values.stream().map(name).collect(Collectors.toList());
  }
}
