package dev.sluice.encode;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the classes generated from {@code schemas/} may be used. From 1.12.2 on it
 * refuses generated classes of packages that it was not told of.
 */
public final class TrustedSchemas {
  private static final String PACKAGE = "dev.sluice.avro";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getPackageName().equals(PACKAGE)));
  }

  private TrustedSchemas() {}

  /** Does so once per class loader; whoever uses generated classes calls it first. */
  public static void register() {
    // the static initialiser has done it
  }
}
