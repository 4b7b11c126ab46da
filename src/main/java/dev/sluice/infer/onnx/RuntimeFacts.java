package dev.sluice.infer.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtEnvironment;
import java.util.List;

/**
 * ONNX Runtime as it is in this process, for reports.
 *
 * @param version its version
 * @param providers the execution providers that its artifact has, whether or not they can run here
 * @param libraries one line about what the machine has of what a GPU needs
 */
public record RuntimeFacts(String version, List<String> providers, String libraries) {
  public RuntimeFacts {
    requireNonNull(version, "version is null");
    providers = List.copyOf(providers);
    requireNonNull(libraries, "libraries is null");
  }

  /** Looks at this process and this machine; loads the runtime. */
  public static RuntimeFacts probe() {
    return new RuntimeFacts(
        OrtEnvironment.getEnvironment().getVersion(),
        OrtEnvironment.getAvailableProviders().stream().map(Enum::name).toList(),
        CudaLibraries.probe().describe());
  }
}
