package dev.sluice.cli.inspect;

import static java.util.Objects.requireNonNull;

import dev.sluice.ExpectationCheck;
import dev.sluice.LayoutPlanner;
import dev.sluice.ModelCheck;
import dev.sluice.ProfileCheck;
import dev.sluice.SkewCheck;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.infer.onnx.SessionProbe;
import dev.sluice.infer.output.OutputCheck;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.PackageFiles;
import dev.sluice.model.TensorInfo;
import dev.sluice.model.verify.DeclaredDependencies;
import dev.sluice.model.verify.Dependency;
import dev.sluice.model.verify.Findings;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds out all about a package, and goes on where something is wrong. Used once. */
public final class Inspector {
  /** More rows than one show whether the model answers a row per row. */
  private static final int PROBE_ROWS = 8;

  private final Inquiry inquiry;
  private final Findings findings = new Findings();

  private Inspector(Inquiry inquiry) {
    this.inquiry = requireNonNull(inquiry, "inquiry is null");
  }

  /** Inspects a package; what is wrong with it is among the findings. */
  public static Inspection inspect(Inquiry inquiry) {
    return new Inspector(inquiry).inspect();
  }

  private Inspection inspect() {
    ModelPackage model = attempt(() -> ModelPackage.open(inquiry.path()));
    if (model == null) {
      return new Inspection(
          inquiry.path(), null, null, List.of(), null, null, null, null, findings);
    }
    findings.addAll(ModelCheck.check(model, inquiry.answers().scoring()));
    OutputCheck.problems(inquiry.answers().outputs(), model.signature()).forEach(findings::problem);
    PackageFiles files = attempt(() -> PackageFiles.read(model));
    List<Dependency> dependencies = DeclaredDependencies.read(model, findings);
    DataProfile profile = attempt(() -> profile(model));
    if (profile != null) {
      findings.addAll(ProfileCheck.model(model, profile));
      findings.addAll(
          ProfileCheck.outputs(inquiry.answers().outputs(), model.signature(), profile));
    }
    FeatureLayout layout = null;
    if (inquiry.schema() == null) {
      checkNames(model);
      noteOpenInputs(model);
    } else {
      layout = layout(model, profile);
    }
    Findings skew =
        layout == null || profile == null && !model.metadata().containsKey("units")
            ? null
            : SkewCheck.check(
                inquiry.schema(), layout, model, profile == null ? DataProfile.empty() : profile);
    FeatureLayout probed = layout;
    SessionProbe session = attempt(() -> probe(model, probed));
    if (session != null) {
      session.differences().forEach(findings::problem);
      noteFallback(session);
    }
    return new Inspection(
        inquiry.path(), model, files, dependencies, profile, layout, skew, session, findings);
  }

  /** Runs a step, and keeps why it failed, line by line. */
  private <T> T attempt(Supplier<T> step) {
    try {
      return step.get();
    } catch (OutOfMemoryError e) { // what a stranger's model asks for is no fault of this process
      findings.problem(
          "memory gave out (%s): the model, or a batch of %d rows of it, needs more than java -Xmx allows"
              .formatted(e.getMessage(), PROBE_ROWS));
      return null;
    } catch (ArithmeticException e) {
      findings.problem("a size of the model is beyond what can be counted: " + e.getMessage());
      return null;
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      message.lines().forEach(findings::problem);
      return null;
    }
  }

  private DataProfile profile(ModelPackage model) {
    Path file = inquiry.profile() == null ? model.profile().orElse(null) : inquiry.profile();
    if (file == null) {
      findings.note(
          "the package has no %s: a job needs validation.profile, to name one or none"
              .formatted(ModelPackage.PROFILE_NAME));
      return null;
    }
    try {
      return DataProfileFile.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the data profile " + file + ": " + e, e);
    }
  }

  /** Without a schema, no planner says so. */
  private void checkNames(ModelPackage model) {
    List<String> problems = new ArrayList<>();
    LayoutPlanner.checkNames(
        model, inquiry.answers().inputs().keySet(), inquiry.answers().padding().keySet(), problems);
    problems.forEach(findings::problem);
  }

  /** Without a schema, a length is not looked for: says what a job will need. */
  private void noteOpenInputs(ModelPackage model) {
    for (TensorInfo input : model.signature().inputs()) {
      boolean fixable =
          input.rowShape().stream().filter(size -> size == TensorInfo.DYNAMIC).count() == 1;
      if (fixable && !inquiry.answers().padding().containsKey(input.name())) {
        findings.note(
            "model input %s has a dimension of unknown size besides the batch: a job needs model.padding.%s"
                .formatted(input, input.name()));
      }
    }
  }

  private FeatureLayout layout(ModelPackage model, DataProfile profile) {
    List<String> problems = new ArrayList<>();
    LayoutPlanner planner =
        new LayoutPlanner(inquiry.schema(), problems)
            .inputs(model, inquiry.answers().inputs(), inquiry.answers().padding());
    if (profile != null) {
      planner.profile(profile);
    }
    FeatureLayout layout = planner.layout();
    if (profile != null) {
      problems.addAll(ProfileCheck.types(planner.columns(), profile));
      findings.addAll(ExpectationCheck.check(inquiry.schema(), planner.columns(), profile));
    }
    problems.forEach(findings::problem);
    planner.notes().forEach(findings::note);
    return layout;
  }

  private void noteFallback(SessionProbe session) {
    String preferred = inquiry.answers().execution().device().toString();
    if (!session.execution().equals(preferred)) {
      findings.warning(
          "%s is preferred, but the model ran on %s; --execution %s says what is missing"
              .formatted(preferred, session.execution(), preferred));
    }
  }

  private SessionProbe probe(ModelPackage model, FeatureLayout layout) {
    SessionFactory sessions = SessionFactory.of(inquiry.answers().execution());
    // A session that is not opened complains on standard error about its missing profile.
    return SessionProbe.run(
        model,
        findings.isUsable() ? sessions.withProfile() : sessions,
        layout == null ? ProbeLayout.of(model.signature(), inquiry.answers().padding()) : layout,
        inquiry.answers().scoring(),
        PROBE_ROWS);
  }
}
