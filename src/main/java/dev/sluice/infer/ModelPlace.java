package dev.sluice.infer;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * What a loader finds on the machine that it loads a model on.
 *
 * @param files the directory or file of the model package
 */
public record ModelPlace(Path files) {
  public ModelPlace {
    requireNonNull(files, "files is null");
  }
}
