package dev.sluice.model;

import static java.util.Objects.requireNonNull;

/**
 * One file of a model package.
 *
 * @param path its path in the package, with slashes
 * @param bytes its size
 * @param sha256 the SHA-256 of its bytes in 64 hexadecimal digits
 */
public record PackageFile(String path, long bytes, String sha256) {
  public PackageFile {
    requireNonNull(path, "path is null");
    requireNonNull(sha256, "sha256 is null");
  }
}
