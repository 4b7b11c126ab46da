package dev.sluice.cli.profile;

import dev.sluice.model.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that a data profile is written to. */
public final class ProfileTarget {
  private ProfileTarget() {}

  /**
   * Returns the file, in a directory that exists.
   *
   * @param out the file asked for, null for that of the model package
   * @param model null where there is none
   * @param overwrite whether a file that is there may be replaced
   * @throws IllegalArgumentException if no place is named, or the file must not be written
   */
  public static Path of(Path out, ModelPackage model, boolean overwrite) {
    if (out == null && model == null) {
      throw new IllegalArgumentException(
          "neither --out nor --model is given, expected --out to name the profile's file");
    }
    if (out == null && Files.isRegularFile(model.path())) {
      throw new IllegalArgumentException(
          "--model is the file "
              + model.path()
              + ", which has no place for a data profile, expected --out to name one");
    }
    Path target = out == null ? model.path().resolve(ModelPackage.PROFILE_NAME) : out;
    Path directory = target.toAbsolutePath().getParent();
    if (Files.isDirectory(target) || directory == null || !Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "the data profile's target is "
              + target
              + ", expected a file in a directory that exists");
    }
    if (Files.isRegularFile(target) && !overwrite) {
      throw new IllegalArgumentException(
          target
              + " exists already, and may hold expectations that were edited;"
              + " --overwrite replaces it, --out names another");
    }
    return target;
  }
}
