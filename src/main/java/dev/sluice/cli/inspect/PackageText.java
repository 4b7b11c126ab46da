package dev.sluice.cli.inspect;

import dev.sluice.model.ModelPackage;
import dev.sluice.model.OnnxOperator;
import dev.sluice.model.PackageFile;
import dev.sluice.model.TensorInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** What a package says about itself, as lines for a person. */
final class PackageText {
  private static final int MAX_FILES = 30;
  private static final int MAX_TENSORS = 50;
  private static final int MAX_OPERATORS = 10;
  private static final int MAX_METADATA = 80;
  private static final int MAX_DEPENDENCIES = 20;

  private final Inspection inspection;
  private final ModelPackage model;
  private final Lines lines;

  private PackageText(Inspection inspection, Lines lines) {
    this.inspection = inspection;
    this.model = inspection.model();
    this.lines = lines;
  }

  /** Adds the lines of a package that could be opened. */
  static void add(Inspection inspection, Lines lines) {
    PackageText text = new PackageText(inspection, lines);
    text.identity();
    text.files();
    text.signature();
    text.operators();
    text.statements();
    text.dependencies();
  }

  private void identity() {
    lines.line((model.name() + " " + model.version()).strip());
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("SHA-256", model.sha256()));
    rows.add(List.of("path", inspection.path().toString()));
    rows.add(List.of("ONNX", "IR version " + model.irVersion()));
    new TreeMap<>(model.opsets())
        .forEach(
            (domain, version) ->
                rows.add(List.of("operators", OnnxOperator.domainName(domain) + " " + version)));
    String producer = model.graph().origin().describe();
    rows.add(List.of("producer", producer.isEmpty() ? "not stated" : producer));
    model
        .mlModel()
        .ifPresent(file -> file.origin().forEach((key, value) -> rows.add(List.of(key, value))));
    model
        .graph()
        .origin()
        .properties()
        .forEach((key, value) -> rows.add(List.of("property " + key, value)));
    lines.rows(rows, MAX_METADATA);
  }

  private void files() {
    if (inspection.files() == null) {
      return;
    }
    List<PackageFile> files = inspection.files().files();
    String size = bytes(inspection.files().bytes());
    lines.heading("Files: %d, %s bytes".formatted(files.size(), size));
    lines.rows(
        files.stream()
            .map(
                file ->
                    List.of(file.path(), right(bytes(file.bytes()), size.length()), file.sha256()))
            .toList(),
        MAX_FILES);
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  private void signature() {
    lines.heading("Signature");
    List<List<String>> rows = new ArrayList<>();
    model.signature().inputs().forEach(input -> rows.add(tensor("input", input)));
    model.signature().outputs().forEach(output -> rows.add(tensor("output", output)));
    lines.rows(rows, MAX_TENSORS);
  }

  private static List<String> tensor(String role, TensorInfo tensor) {
    String type = tensor.toString().substring(tensor.name().length() + 1);
    return List.of(role, tensor.name(), type);
  }

  private void operators() {
    List<OnnxOperator> operators =
        model.graph().operators().stream()
            .sorted(
                Comparator.comparingLong(OnnxOperator::count)
                    .reversed()
                    .thenComparing(OnnxOperator::qualifiedName))
            .toList();
    long nodes = operators.stream().mapToLong(OnnxOperator::count).sum();
    lines.heading("Operators: %d, in %d nodes".formatted(operators.size(), nodes));
    lines.rows(
        operators.stream()
            .map(op -> List.of(op.domainName(), op.type(), Long.toString(op.count())))
            .toList(),
        MAX_OPERATORS);
  }

  private void statements() {
    List<List<String>> rows = MetadataRows.of(model.statements());
    if (!rows.isEmpty()) {
      lines.heading("Stated by the author").rows(rows, MAX_METADATA);
    }
  }

  private void dependencies() {
    if (!inspection.dependencies().isEmpty()) {
      lines.heading("Declared dependencies, which are not installed");
      lines.rows(
          inspection.dependencies().stream()
              .map(dependency -> List.of(dependency.toString(), dependency.file()))
              .toList(),
          MAX_DEPENDENCIES);
    }
  }
}
