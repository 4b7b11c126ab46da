package dev.sluice.profile;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The model that a profile is about: the one that reads the columns and gives the outputs.
 *
 * @param name name of the model package, empty where no model took part
 * @param version version of the model package, empty where it states none
 * @param sha256 SHA-256 of the model file in hexadecimal, empty where unknown
 */
public record ProfiledModel(String name, String version, String sha256) implements Serializable {
  /** No model took part. */
  public static final ProfiledModel NONE = new ProfiledModel("", "", "");

  public ProfiledModel {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(sha256, "sha256 is null");
  }
}
