package dev.sluice.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command of a service of docker-compose.yml, to be run without Docker. */
public final class ComposeCommand {
  private ComposeCommand() {}

  /**
   * Returns its words, with the paths in the container replaced by those of the project.
   *
   * @param stage of the Dockerfile that the service's image is made by
   */
  public static List<String> onHost(String service, String stage) throws IOException {
    Map<?, ?> described = Deployment.service(service);
    List<String> mounts = Deployment.strings(described, "volumes");
    List<String> words = Deployment.strings(described, "command");
    String[] here = new String[words.size()];
    for (int i = 0; i < here.length; i++) {
      String word = words.get(i);
      int at = word.indexOf("/opt/");
      here[i] = at < 0 ? word : word.substring(0, at) + onHost(word.substring(at), stage, mounts);
    }
    return List.of(here);
  }

  private static Path onHost(String path, String stage, List<String> mounts) throws IOException {
    for (String mount : mounts) {
      String[] parts = mount.split(":");
      if (parts[1].equals(path)) {
        return Path.of(parts[0]);
      }
    }
    return Dockerfile.onHost(stage, path);
  }
}
