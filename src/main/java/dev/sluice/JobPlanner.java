package dev.sluice;

import dev.sluice.config.JobOptions;
import dev.sluice.config.OptionException;
import dev.sluice.decode.FeatureFields;
import dev.sluice.infer.onnx.OnnxModelLoader;
import dev.sluice.model.ModelPackage;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataProfileFile;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads what the options name, checks that it fits together, and decides the layout. */
public final class JobPlanner {
  private static final String CLASS_PATH = "classpath:";
  private static final String NO_PROFILE = "none";

  private JobPlanner() {}

  /**
   * Plans a job.
   *
   * @throws IllegalArgumentException if the schema, the model package or the profile cannot be read
   *     or do not fit together; the message lists every difference
   */
  public static JobPlan plan(JobOptions options) {
    Schema schema = readSchema(options.features().schema());
    ModelPackage model = ModelPackage.open(localPath("model.uri", options.model().uri()));
    model.signature().requireDynamicBatch(model.name());
    Path profilePath = profilePath(options, model);
    DataProfile profile = profilePath == null ? DataProfile.empty() : readProfile(profilePath);
    List<String> problems = new ArrayList<>();
    FeatureLayout layout = layout(options, schema, model, profile, problems);
    String eventTimeField = options.features().eventTimeField().orElse("");
    checkEventTime(schema, eventTimeField, problems);
    if (problems.isEmpty()) {
      checkProfileTypes(layout, profile, problems);
    }
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    return new JobPlan(
        options,
        schema,
        eventTimeField,
        layout,
        model.identity(),
        OnnxModelLoader.create(model, options.model()),
        profile,
        profilePath == null ? "" : sha256(profilePath));
  }

  private static FeatureLayout layout(
      JobOptions options,
      Schema schema,
      ModelPackage model,
      DataProfile profile,
      List<String> problems) {
    LayoutPlanner planner = new LayoutPlanner(schema, problems);
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
    try (InputStream in = open(location)) {
      Schema schema =
          new Schema.Parser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (schema.getType() != Schema.Type.RECORD) {
        throw new IllegalArgumentException(
            "features.schema: " + location + " is " + schema.getType() + ", expected a record");
      }
      return schema;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "features.schema: cannot read "
              + location
              + ", expected an Avro schema file: "
              + e.getMessage(),
          e);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "features.schema: " + location + " is no Avro schema: " + e.getMessage(), e);
    }
  }

  private static InputStream open(String location) throws IOException {
    if (!location.startsWith(CLASS_PATH)) {
      return Files.newInputStream(localPath("features.schema", location));
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

  /** Takes a path or an absolute {@code file:} URI. */
  private static Path localPath(String option, String location) {
    try {
      return location.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")
          ? Path.of(URI.create(location))
          : Path.of(location);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new IllegalArgumentException(
          option + " is " + location + ", expected a path or an absolute file: URI", e);
    }
  }

  private static Path profilePath(JobOptions options, ModelPackage model) {
    String given = options.validation().profile().orElse("");
    if (given.equals(NO_PROFILE)) {
      return null;
    }
    if (!given.isEmpty()) {
      return localPath("validation.profile", given);
    }
    return model
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
  }

  private static DataProfile readProfile(Path file) {
    try {
      return DataProfileFile.read(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the data profile " + file + ": " + e, e);
    }
  }

  private static String sha256(Path file) {
    try {
      return DataProfileFile.sha256(file);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the data profile " + file + ": " + e, e);
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

  private static void checkProfileTypes(
      FeatureLayout layout, DataProfile profile, List<String> problems) {
    for (FeatureColumn column : layout.columns()) {
      ColumnProfile known = profile.column(column.name()).orElse(null);
      if (known != null && known.isText() != (column.type() == ElementType.STRING)) {
        problems.add(
            "data profile: column "
                + column.name()
                + " is "
                + known.valueType()
                + ", but the feature record has "
                + column.type());
      }
    }
  }
}
