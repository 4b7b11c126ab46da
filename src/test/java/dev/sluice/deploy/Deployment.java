package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of the deployment, read as far as the tests ask about them. */
final class Deployment {
  static final Path DOCKERFILE = Path.of("deploy/docker/Dockerfile");
  static final Path GPU_DOCKERFILE = Path.of("deploy/docker/Dockerfile.gpu");
  static final Path JOB = Path.of("deploy/job.yaml");

  /** One thing that an image takes from the build's context. */
  record Copy(String source, String target) {
    /** Returns where the image has the source: {@code COPY file dir/} keeps the file's name. */
    String inImage() {
      Path host = Path.of(source);
      boolean into = target.endsWith("/") && !Files.isDirectory(host);
      return into ? target + host.getFileName() : target.replaceAll("/$", "");
    }
  }

  /** One line of topics.txt. */
  record Topic(int partitions, Map<String, String> settings) {}

  private Deployment() {}

  static Map<?, ?> services() throws IOException {
    return (Map<?, ?>) compose().get("services");
  }

  static Map<?, ?> compose() throws IOException {
    return (Map<?, ?>)
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(Path.of("docker-compose.yml")));
  }

  static Map<?, ?> service(String name) throws IOException {
    return map(services(), name);
  }

  static Map<?, ?> map(Map<?, ?> parent, String key) {
    return parent.get(key) == null ? Map.of() : (Map<?, ?>) parent.get(key);
  }

  static List<String> strings(Map<?, ?> parent, String key) {
    Object value = parent.get(key);
    return value == null ? List.of() : ((List<?>) value).stream().map(Object::toString).toList();
  }

  /** Returns the instructions of a Dockerfile, continued lines joined, comments left out. */
  static List<String> instructions(Path dockerfile) throws IOException {
    String text = Files.readString(dockerfile).replaceAll("(?m)^\\s*#.*\\R", "");
    return text.replaceAll("\\\\\\R\\s*", "").lines().filter(line -> !line.isBlank()).toList();
  }

  /** Returns what a Dockerfile copies from the build's context. */
  static List<Copy> copies(Path dockerfile) throws IOException {
    List<Copy> copies = new ArrayList<>();
    for (String line : instructions(dockerfile)) {
      if (line.startsWith("COPY ") && !line.contains("--from=")) {
        List<String> words =
            Arrays.stream(line.split("\\s+")).skip(1).filter(w -> !w.startsWith("--")).toList();
        for (String source : words.subList(0, words.size() - 1)) {
          copies.add(new Copy(source, words.get(words.size() - 1)));
        }
      }
    }
    return copies;
  }

  /** Returns the file or directory of the project that an image has under a path. */
  static Path onHost(Path dockerfile, String pathInImage) throws IOException {
    for (Copy copy : copies(dockerfile)) {
      String target = copy.inImage();
      if (pathInImage.equals(target)) {
        return Path.of(copy.source());
      }
      if (pathInImage.startsWith(target + "/")) {
        return Path.of(copy.source()).resolve(pathInImage.substring(target.length() + 1));
      }
    }
    throw new AssertionError(dockerfile + " puts nothing at " + pathInImage);
  }

  static Map<String, Topic> topics() throws IOException {
    Map<String, Topic> topics = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("deploy/kafka/topics.txt"))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+");
      Map<String, String> settings = new TreeMap<>();
      for (int i = 2; i < words.length; i++) {
        String[] setting = words[i].split("=", 2);
        settings.put(setting[0], setting[1]);
      }
      topics.put(words[0], new Topic(Integer.parseInt(words[1]), settings));
    }
    return topics;
  }

  /** Returns the first text in pom.xml between two others. */
  static String pom(String before, String after) throws IOException {
    String pattern = Pattern.quote(before) + "(.*?)" + Pattern.quote(after);
    Matcher matcher =
        Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(Path.of("pom.xml")));
    assertThat(matcher.find()).as("pom.xml has " + before).isTrue();
    return matcher.group(1).strip();
  }

  static String property(String name) throws IOException {
    return pom("<" + name + ">", "</" + name + ">");
  }
}
