package dev.sluice.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that stands in the manifest of the jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"sluice " + (version == null ? "(not from its jar)" : version)};
  }
}
