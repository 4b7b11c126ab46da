package dev.sluice;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionException;
import dev.sluice.config.RegistryOptions;
import dev.sluice.config.SegmentOptions;
import dev.sluice.decode.FeatureFields;
import dev.sluice.decode.WriterSchemas;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.infer.output.OutputCheck;
import dev.sluice.infer.output.OutputProcessor;
import dev.sluice.kafka.registry.RegistrySchemas;
import dev.sluice.kafka.registry.SchemaRegistry;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelPackageException;
import dev.sluice.model.verify.Findings;
import dev.sluice.monitor.Segments;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.FeatureLayout;
import dev.sluice.validate.RecordValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the options name, checks that it fits together, and decides the layout. */
public final class JobPlanner {
  private static final String NO_PROFILE = "none";
  private static final Logger LOG = LoggerFactory.getLogger(JobPlanner.class);

  private JobPlanner() {}

  /**
   * Plans a job.
   *
   * @throws IllegalArgumentException if the schema, the model package or the profile cannot be read
   *     or do not fit together; the message lists every difference; or if a schema registry that is
   *     needed cannot be asked or refuses a schema
   */
  public static JobPlan plan(JobOptions options) {
    return plan(options, OutputFormats::connect);
  }

  /**
   * Plans a job whose outputs' schemas are in a registry of the caller's.
   *
   * @param registries opens the registry that the options name; asked at most once, last, and only
   *     where an output needs it
   * @throws IllegalArgumentException as of {@link #plan(JobOptions)}
   */
  public static JobPlan plan(
      JobOptions options, Function<RegistryOptions, SchemaRegistry> registries) {
    Schema schema = SchemaFile.read("features.schema", options.features().schema());
    try (Fetched files = Fetched.of("model.uri", options.model().uri())) {
      try {
        files.fetchBeside(ModelPackage::namedBeside);
        return plan(options, schema, ModelPackage.open(files.path()), files, registries);
      } catch (OptionException e) {
        throw new OptionException(e.problems().stream().map(files::named).toList());
      } catch (ModelPackageException e) {
        throw new ModelPackageException(files.named(e.getMessage()), e);
      }
    }
  }

  private static JobPlan plan(
      JobOptions options,
      Schema schema,
      ModelPackage model,
      Fetched files,
      Function<RegistryOptions, SchemaRegistry> registries) {
    Findings findings = ModelCheck.check(model, options.scoring());
    Optional<ProfileFile> profileFile = Optional.empty();
    try {
      profileFile = profile(options, model);
    } catch (IllegalArgumentException e) {
      findings.problem(e.getMessage());
    }
    profileFile.ifPresent(file -> findings.addAll(ProfileCheck.model(model, file.profile())));
    String eventTimeField = options.features().eventTimeField().orElse("");
    DataProfile stated = profileFile.map(ProfileFile::profile).orElse(DataProfile.empty());
    DataProfile folded = SuiteFold.into(stated, options.validation().suite(), schema, findings);
    DataProfile profile = ExpectationCheck.withoutOtherEventTimes(folded, eventTimeField, findings);
    List<String> problems = new ArrayList<>(findings.problems());
    FeatureFormats formats = FeatureFormats.read(options.formats(), schema, problems);
    LayoutPlanner planner = new LayoutPlanner(schema, problems);
    FeatureLayout layout = layout(options, planner, model, profile);
    planner.notes().forEach(findings::note);
    checkEventTime(schema, eventTimeField, problems);
    ModelPlacement.check(options.model(), problems);
    problems.addAll(OutputCheck.problems(options.outputs(), model.signature()));
    problems.addAll(ProfileCheck.types(planner.columns(), profile));
    Findings expectations = ExpectationCheck.check(schema, planner.columns(), profile);
    expectations.addAll(
        ExpectationCheck.eventTime(profile, "features.event-time.field", eventTimeField));
    expectations.addAll(ExpectationCheck.outputs(profile));
    if (options.profile().enabled()) {
      expectations.addAll(
          WindowRecordCheck.check(
              profile, options.kafka().maxRequestSize(), options.alarms().enabled()));
      if (options.validation().suite().suite().isEmpty()) { // else it was checked with the suite
        KeptProfile.check("data profile, as the job keeps it", profile, expectations);
      }
    }
    problems.addAll(expectations.problems());
    findings.addAll(expectations);
    if (problems.isEmpty()) {
      formats.check(layout, eventTimeField, findings, problems);
      checkCompiled(options, layout, profile, eventTimeField, findings, problems);
      if (options.profile().enabled()) {
        findings.addAll(ProfileCheck.variation(profile));
        findings.addAll(
            ProfileCheck.reach(
                profile, options.profile().windowSize(), options.drift().minEffect()));
        findings.addAll(ReferenceCheck.check(profile, options.profile(), options.drift()));
      }
      findings.addAll(ProfileCheck.outputs(options.outputs(), model.signature(), profile));
      findings.addAll(SkewCheck.check(schema, layout, model, profile));
    }
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    findings.warnings().forEach(line -> LOG.warn("{}", files.named(line)));
    findings.notes().forEach(line -> LOG.info("{}", files.named(line)));
    // The last check, since it may register; before the model is copied, which nobody would delete.
    OutputFramings framings = OutputFormats.decide(options, registries);
    ModelPlacement placement = ModelPlacement.of(options.model(), model);
    return new JobPlan(
        options,
        formats.decoding(writerSchemas(options, schema)),
        eventTimeField,
        layout,
        model.identity(),
        placement
            .loader(model, SessionFactory.of(options.execution()), options.scoring())
            .beside(OutputProcessor.bytesPerRow(options.outputs(), model.signature())),
        placement.location(),
        profile,
        options.validation().suite().suite().isPresent()
            ? DataProfileFile.sha256(DataProfileFile.toBytes(folded))
            : profileFile.map(ProfileFile::sha256).orElse(""),
        framings);
  }

  /** Returns who is asked for the schemas that records name. */
  private static WriterSchemas writerSchemas(JobOptions options, Schema schema) {
    RegistryOptions registry = options.registry();
    String topic = options.kafka().featuresTopic();
    return registry.url().isEmpty()
        ? WriterSchemas.NONE
        : new RegistrySchemas(registry, registry.subjects().of(topic, schema.getFullName()));
  }

  private static FeatureLayout layout(
      JobOptions options, LayoutPlanner planner, ModelPackage model, DataProfile profile) {
    planner.inputs(model, options.model().inputs(), options.model().padding());
    planner.profile(profile);
    for (String field : options.features().passThrough()) {
      planner.field(field, "features.pass-through: " + field);
    }
    SegmentOptions segments = options.profile().segments();
    if (options.profile().enabled() && segments.areAsked()) {
      planner.field(segments.by(), SegmentOptions.BY.key() + ": " + segments.by());
    }
    return planner.layout();
  }

  /** A data profile and the digest of its file. */
  private record ProfileFile(DataProfile profile, String sha256) {
    static ProfileFile read(Path file) {
      try {
        return new ProfileFile(DataProfileFile.read(file), DataProfileFile.sha256(file));
      } catch (IOException e) {
        throw new IllegalArgumentException("cannot read the data profile " + file + ": " + e, e);
      }
    }
  }

  private static Optional<ProfileFile> profile(JobOptions options, ModelPackage model) {
    String given = options.validation().profile().orElse("");
    if (given.equals(NO_PROFILE)) {
      return Optional.empty();
    }
    if (!given.isEmpty()) {
      return Optional.of(Fetched.read("validation.profile", given, ProfileFile::read));
    }
    Path file =
        model
            .profile()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "model package "
                            + options.model().uri()
                            + " has no "
                            + ModelPackage.PROFILE_NAME
                            + ", expected one there (the profile command makes it), or"
                            + " validation.profile to name one, or none to check types alone"));
    return Optional.of(ProfileFile.read(file));
  }

  /**
   * Compiles the expectations and decides on the segments as the job will: what is refused then is
   * refused now.
   */
  private static void checkCompiled(
      JobOptions options,
      FeatureLayout layout,
      DataProfile profile,
      String eventTimeField,
      Findings findings,
      List<String> problems) {
    try {
      RecordValidator.compile(layout, profile, eventTimeField, options.eventTime().maxAhead());
    } catch (IllegalArgumentException e) {
      problems.add("data profile: " + e.getMessage());
    }
    if (options.profile().enabled()) {
      try {
        Segments segments = Segments.plan(options.profile().segments(), layout, profile);
        int maxOpen = options.profile().maxOpen();
        findings.addAll(ProfileCheck.segments(segments.mostInAWindow(), maxOpen));
        findings.addAll(
            ProfileCheck.openWindows(layout, profile, segments.mostInAWindow(), maxOpen));
        if (options.profile().segments().areAsked()) {
          findings.addAll(ProfileCheck.silence(options.eventTime().maxDrift(), options.alarms()));
        }
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
  }

  private static void checkEventTime(Schema schema, String field, List<String> problems) {
    if (!field.isEmpty()) {
      try {
        FeatureFields.requireEventTime(schema, field);
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      }
    }
  }
}
