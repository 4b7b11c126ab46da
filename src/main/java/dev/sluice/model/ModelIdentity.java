package dev.sluice.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Which model made a prediction.
 *
 * @param name the model's name
 * @param version its version, or the empty string where the package names none
 * @param sha256 64 hexadecimal digits, see {@link ModelPackage#sha256()}
 */
public record ModelIdentity(String name, String version, String sha256) implements Serializable {
  public ModelIdentity {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(sha256, "sha256 is null");
  }
}
