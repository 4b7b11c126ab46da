package dev.sluice.cli.inspect;

import dev.sluice.infer.onnx.SessionProbe;
import dev.sluice.profile.DataProfile;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An inspection as lines for a person. The last one says whether the package is usable. */
public final class InspectionText {
  private static final int MAX_ROWS = 80;
  private static final int MAX_FIELDS = 100;
  private static final int MAX_FINDINGS = 50;

  private final Inspection inspection;
  private final Lines lines = new Lines();

  private InspectionText(Inspection inspection) {
    this.inspection = inspection;
  }

  /** Returns the lines, without control characters. */
  public static List<String> of(Inspection inspection) {
    InspectionText text = new InspectionText(inspection);
    if (inspection.model() == null) {
      text.lines.line(inspection.path().toString());
    } else {
      PackageText.add(inspection, text.lines);
      text.profile();
      text.mapping();
      text.skew();
      text.session();
    }
    text.verdict();
    return text.lines.lines();
  }

  private void profile() {
    DataProfile profile = inspection.profile();
    lines.heading("Data profile");
    if (profile == null) {
      lines.rows(List.of(List.of("none")), 1);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("rows", Long.toString(profile.counts().rows())));
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
                : profile.model().sha256().isEmpty()
                    ? "not stated"
                    : "another one, of SHA-256 " + profile.model().sha256()));
    lines.rows(rows, MAX_ROWS);
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
    lines.rows(rows, MAX_ROWS);
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
