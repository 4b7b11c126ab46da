package dev.sluice.infer;

import java.util.List;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/** The GPUs that Flink knows a task manager has. */
final class GpuDevices {
  private static final String INDEX = "index";

  private GpuDevices() {}

  /**
   * Returns the numbers of the devices of an external resource, ascending; none where Flink has no
   * resource of that name.
   *
   * @throws IllegalArgumentException if the resource has no property index, or one that is no
   *     number
   */
  static List<Integer> of(RuntimeContext context, String resource) {
    return context.getExternalResourceInfos(resource).stream()
        .map(info -> index(info, resource))
        .sorted()
        .toList();
  }

  private static int index(ExternalResourceInfo info, String resource) {
    String index = info.getProperty(INDEX).orElse("");
    try {
      return Integer.parseUnsignedInt(index.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "external resource %s has the property index \"%s\", expected the number of a GPU"
              .formatted(resource, index),
          e);
    }
  }
}
