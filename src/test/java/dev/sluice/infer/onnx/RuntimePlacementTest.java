package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.util.ChildFirstClassLoader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime in and out of place, behind the class loaders that Flink gives a job. */
class RuntimePlacementTest {
  @TempDir private static Path directory;
  private static Path runtime;
  private static Path job;
  private static final List<Path> FLINK = new ArrayList<>();

  @BeforeAll
  static void sortTheClassPath() throws Exception {
    runtime = placeOf(OrtEnvironment.class);
    job = placeOf(RuntimePlacement.class);
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> !entry.equals(runtime) && !entry.equals(job))
        .forEach(FLINK::add);
  }

  private static Path placeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Calls a check in a job whose class loader and whose cluster's have these runtimes. */
  private static void check(String name, List<Path> inLib, List<Path> withJob) throws Exception {
    List<Path> lib = new ArrayList<>(FLINK);
    lib.addAll(inLib);
    List<Path> own = new ArrayList<>(List.of(job));
    own.addAll(withJob);
    try (URLClassLoader flink =
            new URLClassLoader(urls(lib), ClassLoader.getPlatformClassLoader());
        URLClassLoader user =
            new ChildFirstClassLoader(
                urls(own),
                flink,
                CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS
                    .defaultValue()
                    .toArray(String[]::new),
                problem -> {})) {
      Method check = user.loadClass(RuntimePlacement.class.getName()).getDeclaredMethod(name);
      check.setAccessible(true);
      check.invoke(null);
    } catch (InvocationTargetException e) {
      throw (Exception) e.getCause();
    }
  }

  private static URL[] urls(List<Path> paths) throws MalformedURLException {
    URL[] urls = new URL[paths.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = paths.get(i).toUri().toURL();
    }
    return urls;
  }

  /** Makes a jar of the runtime's classes that says another version. */
  private static Path ofVersion(String version) throws IOException {
    Path copy = directory.resolve("onnxruntime-" + version + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    try (JarFile jar = new JarFile(runtime.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class")) {
          out.putNextEntry(new JarEntry(entry.getName()));
          jar.getInputStream(entry).transferTo(out);
        }
      }
    }
    return copy;
  }

  @Test
  void inLibAloneItIsRight() throws Exception {
    check("checkClient", List.of(runtime), List.of());
    check("checkWorker", List.of(runtime), List.of());
  }

  @Test
  void inThisProcessItIsRight() {
    RuntimePlacement.checkClient();
    RuntimePlacement.checkWorker();
    assertThat(InstalledRuntime.find().orElseThrow().version())
        .isEqualTo(InstalledRuntime.expectedVersion());
  }

  @Test
  void withTheJobItIsRefused() {
    for (List<Path> lib : List.of(List.of(runtime), List.<Path>of())) {
      assertThatThrownBy(() -> check("checkWorker", lib, List.of(runtime)))
          .hasMessage(
              "the worker takes ONNX Runtime from the job's class path, %s, expected onnxruntime-%s.jar in Flink's lib and none with the job: each submission would load its native libraries once more"
                  .formatted(runtime, InstalledRuntime.expectedVersion()));
      assertThatThrownBy(() -> check("checkClient", lib, List.of(runtime)))
          .hasMessageStartingWith("the client takes ONNX Runtime from the job's class path");
    }
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    Path other = ofVersion("1.27.0");
    assertThatThrownBy(() -> check("checkWorker", List.of(other), List.of()))
        .hasMessage(
            "the worker has ONNX Runtime 1.27.0 in %s, expected %s, which the job is built with, in Flink's lib of client, JobManager and TaskManagers"
                .formatted(other, InstalledRuntime.expectedVersion()));
    assertThatThrownBy(() -> check("checkClient", List.of(other), List.of()))
        .hasMessageStartingWith("the client has ONNX Runtime 1.27.0 in ");
  }

  @Test
  void aWorkerNeedsItAndAClientDoesNot() throws Exception {
    assertThatThrownBy(() -> check("checkWorker", List.of(), List.of()))
        .hasMessage(
            "the worker has no ONNX Runtime, expected onnxruntime-%s.jar in Flink's lib"
                .formatted(InstalledRuntime.expectedVersion()));
    check("checkClient", List.of(), List.of());
  }
}
