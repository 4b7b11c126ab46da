package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  static final Path JOB = Path.of("deploy/job.yaml");

  /** One line of topics.txt. */
  record Topic(int partitions, Map<String, String> settings) {}

  private Deployment() {}

  static Map<?, ?> services() throws IOException {
    return map(compose(), "services");
  }

  /** Returns docker-compose.yml as Compose reads it: merged, and with the variables of .env. */
  static Map<?, ?> compose() throws IOException {
    return (Map<?, ?>) merged(yaml(interpolated(Path.of("docker-compose.yml"), environment())));
  }

  /** Returns the variables of the file that Compose reads by itself. */
  static Map<String, String> environment() throws IOException {
    Map<String, String> variables = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of(".env"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        variables.put(line.replaceAll("=.*", ""), line.replaceAll("^[^=]*=", ""));
      }
    }
    return variables;
  }

  static Object yaml(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  /** Puts variables in place: {@code ${NAME:-default}}. */
  private static String interpolated(Path file, Map<String, String> variables) throws IOException {
    return Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}")
        .matcher(Files.readString(file))
        .replaceAll(
            match ->
                Matcher.quoteReplacement(variables.getOrDefault(match.group(1), match.group(2))));
  }

  /** Takes the keys of {@code <<} into the mapping that it stands in, whose own keys win. */
  private static Object merged(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(Deployment::merged).toList();
    }
    if (!(node instanceof Map<?, ?> mapping)) {
      return node;
    }
    Map<Object, Object> result = new LinkedHashMap<>();
    if (mapping.get("<<") != null) {
      result.putAll((Map<?, ?>) merged(mapping.get("<<")));
    }
    mapping.forEach(
        (key, value) -> {
          if (!key.equals("<<")) {
            result.put(key, merged(value));
          }
        });
    return result;
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
