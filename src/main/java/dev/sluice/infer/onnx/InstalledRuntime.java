package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtEnvironment;
import dev.sluice.model.verify.PackageVerifier;
import java.security.CodeSource;
import java.util.Optional;
import org.apache.flink.api.common.JobID;

/**
 * Where a process takes ONNX Runtime from, and in which version. It belongs in {@code lib} of
 * Flink, of the cluster and of the client, in the version that the job is built with: out of the
 * job's jar, each submission to a session cluster would load the native libraries once more and
 * leave them there; and models are checked for one version alone.
 *
 * @param version its version, as its jar says; empty where that does not say
 * @param place its jar or directory
 * @param shared whether it is loaded by Flink's own class loader or one above that, once per
 *     process
 */
record InstalledRuntime(String version, String place, boolean shared) {
  private static final String CLASS = "ai.onnxruntime.OrtEnvironment";

  InstalledRuntime {
    requireNonNull(version, "version is null");
    requireNonNull(place, "place is null");
  }

  /** Looks for it as this class would find it, without loading its native libraries. */
  static Optional<InstalledRuntime> find() {
    try {
      Class<?> found = Class.forName(CLASS, false, InstalledRuntime.class.getClassLoader());
      return Optional.of(of(found, JobID.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  private static InstalledRuntime of(Class<?> found, ClassLoader flink) {
    String version = found.getPackage().getImplementationVersion();
    CodeSource source = found.getProtectionDomain().getCodeSource();
    return new InstalledRuntime(
        version == null ? "" : version,
        source == null ? "an unknown place" : source.getLocation().getPath(),
        isVisibleTo(found.getClassLoader(), flink));
  }

  private static boolean isVisibleTo(ClassLoader loader, ClassLoader flink) {
    for (ClassLoader each = flink; each != null; each = each.getParent()) {
      if (each == loader) {
        return true;
      }
    }
    return false;
  }

  /** Returns the version that the job is built with. */
  static String expectedVersion() {
    return PackageVerifier.runtimeVersion();
  }

  /**
   * Returns what is wrong with it, in one line.
   *
   * @param process what to call this process, such as {@code the client}
   */
  Optional<String> problem(String process) {
    String expected = expectedVersion();
    if (!shared) {
      return Optional.of(
          "%s takes ONNX Runtime from the job's class path, %s, expected onnxruntime-%s.jar in Flink's lib and none with the job: each submission would load its native libraries once more"
              .formatted(process, place, expected));
    }
    String found = version.isEmpty() ? OrtEnvironment.getEnvironment().getVersion() : version;
    if (!found.equals(expected)) {
      return Optional.of(
          "%s has ONNX Runtime %s in %s, expected %s, which the job is built with, in Flink's lib of client, JobManager and TaskManagers"
              .formatted(process, found, place, expected));
    }
    return Optional.empty();
  }
}
