package dev.sluice;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionException;
import dev.sluice.decode.FeatureFields;
import dev.sluice.infer.ModelLocation;
import dev.sluice.infer.onnx.BatchSizes;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.infer.onnx.SessionFactory;
import dev.sluice.infer.output.OutputCheck;
import dev.sluice.infer.output.OutputProcessor;
import dev.sluice.model.ModelPackage;
import dev.sluice.model.ModelPackageException;
import dev.sluice.model.TensorInfo;
import dev.sluice.model.verify.Findings;
import dev.sluice.model.verify.PackageVerifier;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataProfileFile;
import dev.sluice.record.FeatureLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the options name, checks that it fits together, and decides the layout. */
public final class JobPlanner {
  private static final String CLASS_PATH = "classpath:";
  private static final String NO_PROFILE = "none";
  private static final Logger LOG = LoggerFactory.getLogger(JobPlanner.class);

  private JobPlanner() {}

  /**
   * Plans a job.
   *
   * @throws IllegalArgumentException if the schema, the model package or the profile cannot be read
   *     or do not fit together; the message lists every difference
   */
  public static JobPlan plan(JobOptions options) {
    Schema schema = readSchema(options.features().schema());
    try (Fetched files = Fetched.of("model.uri", options.model().uri())) {
      try {
        files.fetchBeside(ModelPackage.namedBeside(files.path()));
        return plan(options, schema, ModelPackage.open(files.path()), files);
      } catch (OptionException e) {
        throw new OptionException(e.problems().stream().map(files::named).toList());
      } catch (ModelPackageException e) {
        throw new ModelPackageException(files.named(e.getMessage()), e);
      }
    }
  }

  private static JobPlan plan(
      JobOptions options, Schema schema, ModelPackage model, Fetched files) {
    Findings findings = PackageVerifier.verify(model, options.scoring().isEachAlone());
    findings.attempt(
        () -> BatchSizes.of("model " + model.name(), model.signature(), options.scoring()));
    Optional<ProfileFile> profileFile = Optional.empty();
    try {
      profileFile = profile(options, model);
    } catch (IllegalArgumentException e) {
      findings.problem(e.getMessage());
    }
    profileFile.ifPresent(file -> findings.addAll(ProfileCheck.model(model, file.profile())));
    DataProfile profile = profileFile.map(ProfileFile::profile).orElse(DataProfile.empty());
    List<String> problems = new ArrayList<>(findings.problems());
    LayoutPlanner planner = new LayoutPlanner(schema, problems);
    FeatureLayout layout = layout(options, planner, model, profile);
    planner.notes().forEach(findings::note);
    String eventTimeField = options.features().eventTimeField().orElse("");
    checkEventTime(schema, eventTimeField, problems);
    checkPlace(options, problems);
    problems.addAll(OutputCheck.problems(options.outputs(), model.signature()));
    problems.addAll(ProfileCheck.types(planner.columns(), profile));
    if (problems.isEmpty()) {
      findings.addAll(ProfileCheck.outputs(written(options, model), profile));
      findings.addAll(SkewCheck.check(schema, layout, model, profile));
    }
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    findings.warnings().forEach(line -> LOG.warn("{}", files.named(line)));
    findings.notes().forEach(line -> LOG.info("{}", files.named(line)));
    boolean alone = model.onnxFile().equals(model.path()) && !model.externalData().isEmpty();
    boolean staged = alone && options.model().ship();
    SessionFactory sessions = SessionFactory.of(options.execution());
    return new JobPlan(
        options,
        schema,
        eventTimeField,
        layout,
        model.identity(),
        staged
            ? new OnnxModelLoader(
                model.name(),
                model.path().getFileName().toString(),
                model.sha256(),
                sessions,
                options.scoring())
            : OnnxModelLoader.create(model, sessions, options.scoring()),
        staged ? stage(model) : location(options, model),
        profile,
        profileFile.map(ProfileFile::sha256).orElse(""));
  }

  private static List<String> written(JobOptions options, ModelPackage model) {
    return OutputProcessor.writtenNames(
        options.outputs(), model.signature().outputs().stream().map(TensorInfo::name).toList());
  }

  private static void checkPlace(JobOptions options, List<String> problems) {
    if (!options.model().ship() && !Fetched.isLocal(options.model().uri())) {
      problems.add(
          "model.ship is false, but model.uri is "
              + options.model().uri()
              + ", expected a local path that each worker has, or model.ship: true");
    }
  }

  private static ModelLocation location(JobOptions options, ModelPackage model) {
    if (!Fetched.isLocal(options.model().uri())) {
      return new ModelLocation(options.model().uri(), true, false);
    }
    return ModelLocation.of(model.path(), options.model().ship(), false);
  }

  /** Copies a model file and its weights from among other files, to ship them and nothing else. */
  private static ModelLocation stage(ModelPackage model) {
    List<Path> files = new ArrayList<>(model.externalData());
    files.add(model.path());
    Path directory = Fetched.gather(model.path().getParent(), files);
    return ModelLocation.of(directory, true, true);
  }

  private static FeatureLayout layout(
      JobOptions options, LayoutPlanner planner, ModelPackage model, DataProfile profile) {
    planner.inputs(model, options.model().inputs(), options.model().padding());
    for (ColumnProfile column : profile.columns()) {
      planner.profiled(column.name());
    }
    for (String field : options.features().passThrough()) {
      planner.field(field, "features.pass-through: " + field);
    }
    return planner.layout();
  }

  /**
   * Reads the schema of a record.
   *
   * @param location path, {@code file:} URI, or {@code classpath:} and a name
   * @throws IllegalArgumentException if it cannot be read or is no record
   */
  public static Schema readSchema(String location) {
    return readSchema("features.schema", location);
  }

  /**
   * Reads the schema of a record.
   *
   * @param option names in a message who asks for it
   * @param location path, {@code file:} URI, or {@code classpath:} and a name
   * @throws IllegalArgumentException if it cannot be read or is no record
   */
  public static Schema readSchema(String option, String location) {
    try (InputStream in = open(option, location)) {
      Schema schema =
          new Schema.Parser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (schema.getType() != Schema.Type.RECORD) {
        throw new IllegalArgumentException(
            option + ": " + location + " is " + schema.getType() + ", expected a record");
      }
      return schema;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          option
              + ": cannot read "
              + location
              + ", expected an Avro schema file: "
              + e.getMessage(),
          e);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          option + ": " + location + " is no Avro schema: " + reason(e), e);
    }
  }

  /** Returns why a schema is none, without the parser's place in it, which is on another line. */
  private static String reason(AvroRuntimeException error) {
    return error.getCause() instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(error.getMessage());
  }

  private static InputStream open(String option, String location) throws IOException {
    if (!location.startsWith(CLASS_PATH)) {
      try (Fetched file = Fetched.of(option, location)) {
        return new ByteArrayInputStream(Files.readAllBytes(file.path()));
      }
    }
    String name = location.substring(CLASS_PATH.length());
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    InputStream in = loader.getResourceAsStream(name);
    if (in == null) {
      in = JobPlanner.class.getClassLoader().getResourceAsStream(name);
    }
    if (in == null) {
      throw new IOException("class path has no " + name);
    }
    return in;
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
      try (Fetched file = Fetched.of("validation.profile", given)) {
        return Optional.of(ProfileFile.read(file.path()));
      }
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
