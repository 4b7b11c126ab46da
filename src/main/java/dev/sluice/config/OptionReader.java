package dev.sluice.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * Reads the options of a job from its arguments: {@code --config FILE} and {@code --key value} or
 * {@code --key=value}, which win over the file wherever they stand.
 */
public final class OptionReader {
  private static final String FILE = "config";

  private OptionReader() {}

  /**
   * Reads and checks the options of a job.
   *
   * @throws OptionException with all problems: of arguments, unknown keys and impossible values
   */
  public static JobOptions read(String[] args) {
    List<String> problems = new ArrayList<>();
    return read(values(args, problems), problems);
  }

  /**
   * Reads and checks the options of a job from flat keys and their values.
   *
   * @throws OptionException with all problems: unknown keys and impossible values
   */
  public static JobOptions read(Map<String, String> values) {
    return read(values, new ArrayList<>());
  }

  /**
   * Returns the flat keys and values of arguments, unchecked.
   *
   * @throws OptionException if the arguments or the file cannot be read
   */
  public static Map<String, String> values(String[] args) {
    List<String> problems = new ArrayList<>();
    Map<String, String> values = values(args, problems);
    if (!problems.isEmpty()) {
      throw new OptionException(problems);
    }
    return values;
  }

  private static JobOptions read(Map<String, String> given, List<String> problems) {
    Map<String, String> known = new LinkedHashMap<>();
    KnownKeys keys = new KnownKeys(JobOptions.options());
    new TreeMap<>(given)
        .forEach(
            (key, value) -> {
              if (keys.contains(key)) {
                known.put(key, value);
              } else {
                problems.add(key + " is no option, expected perhaps " + keys.nearest(key));
              }
            });
    OptionValues values = new OptionValues(Configuration.fromMap(known));
    problems.forEach(values::problem);
    JobOptions options = JobOptions.read(values);
    values.throwIfAny();
    return options;
  }

  private static Map<String, String> values(String[] args, List<String> problems) {
    Map<String, String> given = arguments(args, problems);
    Map<String, String> values = new LinkedHashMap<>();
    String file = given.remove(FILE);
    if (file != null) {
      try {
        YamlValues.read(file, text(file), values);
      } catch (OptionException e) {
        problems.addAll(e.problems());
      }
    }
    values.putAll(given);
    return values;
  }

  private static Map<String, String> arguments(String[] args, List<String> problems) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < args.length; i++) {
      String argument = args[i];
      int equals = argument.indexOf('=');
      if (!argument.startsWith("--") || argument.length() == 2) {
        // It may be the rest of a secret that was not quoted, so it is not printed.
        problems.add("argument " + (i + 1) + " begins no option, expected --key value");
      } else if (equals > 0) {
        put(given, argument.substring(2, equals), argument.substring(equals + 1), problems);
      } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
        put(given, argument.substring(2), args[++i], problems);
      } else {
        problems.add(argument + " has no value, expected " + argument + " VALUE");
      }
    }
    return given;
  }

  private static void put(
      Map<String, String> given, String key, String value, List<String> problems) {
    if (given.putIfAbsent(key, value) != null) {
      problems.add("--" + key + " is given twice, expected once");
    }
  }

  private static String text(String file) {
    Path path = Path.of(file);
    try {
      long size = Files.size(path);
      if (size > YamlValues.MAX_LENGTH) {
        throw new OptionException(
            List.of(file + " has " + size + " bytes, expected at most " + YamlValues.MAX_LENGTH));
      }
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new OptionException(
          List.of("--config is " + file + ", expected a readable UTF-8 file: " + e));
    }
  }
}
