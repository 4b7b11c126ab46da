package dev.sluice.cli.inspect;

import dev.sluice.infer.onnx.SessionProbe;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.OnnxOperator;
import dev.sluice.model.PackageFile;
import dev.sluice.model.TensorInfo;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** An inspection as lines for a person. The last one says whether the package is usable. */
public final class InspectionText {
  private static final int MAX_FILES = 30;
  private static final int MAX_TENSORS = 50;
  private static final int MAX_OPERATORS = 10;
  private static final int MAX_METADATA = 80;
  private static final int MAX_DEPENDENCIES = 20;
  private static final int MAX_FIELDS = 100;
  private static final int MAX_FINDINGS = 50;

  private final Inspection inspection;
  private final ModelPackage model;
  private final Lines lines = new Lines();

  private InspectionText(Inspection inspection) {
    this.inspection = inspection;
    this.model = inspection.model();
  }

  /** Returns the lines, without control characters. */
  public static List<String> of(Inspection inspection) {
    InspectionText text = new InspectionText(inspection);
    if (text.model == null) {
      text.lines.line(inspection.path().toString());
    } else {
      text.identity();
      text.files();
      text.signature();
      text.operators();
      text.statements();
      text.dependencies();
      text.profile();
      text.mapping();
      text.skew();
      text.session();
    }
    text.verdict();
    return text.lines.lines();
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
                rows.add(List.of("operators", InspectionJson.domainName(domain) + " " + version)));
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
    List<List<String>> rows = MetadataRows.of(model.metadata());
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

  private void profile() {
    DataProfile profile = inspection.profile();
    lines.heading("Data profile");
    if (profile == null) {
      lines.rows(List.of(List.of("none")), 1);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("rows", Long.toString(profile.rows())));
    rows.add(List.of("columns", Integer.toString(profile.columns().size())));
    rows.add(List.of("outputs", Integer.toString(profile.outputs().size())));
    if (profile.dataSet() != null) {
      rows.add(List.of("data set", profile.dataSet().name()));
      if (profile.dataSet().firstEventTime() != null && profile.dataSet().lastEventTime() != null) {
        rows.add(
            List.of(
                "event time",
                Instant.ofEpochMilli(profile.dataSet().firstEventTime())
                    + " to "
                    + Instant.ofEpochMilli(profile.dataSet().lastEventTime())));
      }
    }
    rows.add(
        List.of(
            "model",
            inspection.profileAgrees()
                ? "this one, by its SHA-256"
                : profile.modelSha256().isEmpty()
                    ? "not stated"
                    : "another one, of SHA-256 " + profile.modelSha256()));
    lines.rows(rows, MAX_METADATA);
  }

  private void mapping() {
    FeatureLayout layout = inspection.layout();
    if (layout == null) {
      return;
    }
    lines.heading("Fields of records by model input");
    List<List<String>> rows = new ArrayList<>();
    for (InputTensor input : layout.inputs()) {
      for (int column : input.columns()) {
        FeatureColumn field = layout.columns().get(column);
        rows.add(
            List.of(
                field.name(),
                field.type().name().toLowerCase(Locale.ROOT)
                    + (field.shape().isEmpty() ? "" : field.shape()),
                "-> " + input.name()));
      }
    }
    lines.rows(rows, MAX_FIELDS);
  }

  private void skew() {
    if (inspection.skew() == null) {
      return;
    }
    lines.heading("Records and the training data");
    List<List<String>> rows = new ArrayList<>();
    inspection.skew().warnings().forEach(line -> rows.add(List.of("warning", line)));
    inspection.skew().notes().forEach(line -> rows.add(List.of("note", line)));
    lines.rows(rows.isEmpty() ? List.of(List.of("no difference found")) : rows, MAX_FINDINGS);
  }

  private void session() {
    lines.heading("Session");
    SessionProbe session = inspection.session();
    if (session == null) {
      lines.rows(List.of(List.of("none could be opened")), 1);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ONNX Runtime", session.runtimeVersion()));
    rows.add(
        List.of(
            "runs on",
            session.execution() + (session.device() < 0 ? "" : ", device " + session.device())));
    if (session.share() != null) {
      rows.add(List.of("providers", session.share().toString()));
    }
    rows.add(List.of("loaded in", session.loadMillis() + " ms"));
    rows.add(List.of("warmed up in", session.warmUpMillis() + " ms"));
    rows.add(
        List.of(
            "signature",
            session.differences().isEmpty() ? "as the file declares" : "differs, see below"));
    lines.rows(rows, MAX_METADATA);
  }

  private void verdict() {
    findings("Problems", inspection.findings().problems());
    findings("Warnings", inspection.findings().warnings());
    findings("Notes", inspection.findings().notes());
    lines.heading(inspection.findings().isUsable() ? "usable" : "not usable");
  }

  private void findings(String heading, List<String> found) {
    if (!found.isEmpty()) {
      lines.heading(heading);
      lines.rows(found.stream().map(line -> List.of("- " + line)).toList(), MAX_FINDINGS);
    }
  }
}
