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
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Reads the options of a job from its arguments: {@code --config FILE} and {@code --key value} or
 * {@code --key=value}, which win over the file wherever they stand.
 */
public final class OptionReader {
  private static final String FILE = "config";

  /** Elsewhere such words are names of columns and the like. */
  private static final Pattern LOGINS = Pattern.compile("^(kafka|registry)\\.");

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

  /**
   * Returns the keys of arguments, in their order, that are secrets themselves and no references to
   * where these are kept, or not these alone: others can see arguments.
   */
  public static List<String> exposedSecrets(String[] args) {
    return arguments(args, new ArrayList<>()).entrySet().stream()
        .filter(argument -> LOGINS.matcher(argument.getKey()).find())
        .filter(argument -> Secrets.isSecret(argument.getKey()))
        .filter(argument -> Secrets.isExposed(argument.getKey(), argument.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Reads and checks those options of a job that decide what a model answers.
   *
   * @param file the options of a job, as {@code --config} of the job takes them; those of other
   *     areas are passed over. Null for none
   * @param settings texts {@code KEY=VALUE} that win over the file, of these options alone
   * @param argument names in a message where the settings come from
   * @throws OptionException with all problems: unknown keys and impossible values
   */
  public static AnswerOptions answers(String file, List<String> settings, String argument) {
    return part(
        file,
        settings,
        argument,
        AnswerOptions.options(),
        "does not change what the model answers, expected a key of outputs.*, or of model.* other"
            + " than model.uri and model.ship",
        AnswerOptions::read);
  }

  /**
   * Reads and checks those options of a job that somebody needs who reads and writes its topics.
   *
   * @param file the options of a job, as {@code --config} of the job takes them; those of other
   *     areas are passed over. Null for none
   * @param settings texts {@code KEY=VALUE} that win over the file, of these options alone
   * @param argument names in a message where the settings come from
   * @throws OptionException with all problems: unknown keys and impossible values
   */
  public static ClientOptions client(String file, List<String> settings, String argument) {
    return part(
        file,
        settings,
        argument,
        ClientOptions.options(),
        "is of no use here, expected a key of kafka.*, topics.* or registry.*, "
            + DeliveryOptions.TRANSACTIONAL_ID_PREFIX.key()
            + " or "
            + DeliveryOptions.TRANSACTION_TIMEOUT.key(),
        ClientOptions::read);
  }

  /** Reads some options of a job; {@code otherwise} says of a key of other areas what is wrong. */
  private static <T> T part(
      String file,
      List<String> settings,
      String argument,
      List<ConfigOption<?>> options,
      String otherwise,
      Function<OptionValues, T> reader) {
    List<String> problems = new ArrayList<>();
    Map<String, String> given = new LinkedHashMap<>();
    if (file != null) {
      read(file, given, problems);
    }
    Map<String, String> values = known(given, JobOptions.options(), problems);
    KnownKeys own = new KnownKeys(options);
    values.keySet().removeIf(key -> !own.contains(key));
    Map<String, String> set = settings(settings, argument, problems);
    KnownKeys others = new KnownKeys(JobOptions.options());
    for (String key : List.copyOf(set.keySet())) {
      if (others.contains(key) && !own.contains(key)) {
        set.remove(key);
        problems.add(key + " " + otherwise);
      }
    }
    values.putAll(known(set, options, problems));
    return checked(values, problems, reader);
  }

  /**
   * Reads and checks those options of a job that say where brokers are and how to reach them.
   *
   * @param file the options of a job; those of other areas are passed over. Null for none
   * @param settings texts {@code KEY=VALUE} that win over the file, of these options alone
   * @param argument names in a message where the settings come from
   * @param bootstrapServers wins over both; null for none
   * @throws OptionException with all problems: unknown keys and impossible values
   */
  public static KafkaOptions kafka(
      String file, List<String> settings, String argument, String bootstrapServers) {
    List<String> problems = new ArrayList<>();
    Map<String, String> given = new LinkedHashMap<>();
    if (file != null) {
      read(file, given, problems);
    }
    Map<String, String> values = known(given, JobOptions.options(), problems);
    KnownKeys kafka = new KnownKeys(KafkaOptions.options());
    values.keySet().removeIf(key -> !kafka.contains(key));
    values.putAll(known(settings(settings, argument, problems), KafkaOptions.options(), problems));
    if (bootstrapServers != null) {
      values.put(KafkaOptions.BOOTSTRAP_SERVERS.key(), bootstrapServers);
    }
    return checked(values, problems, KafkaOptions::read);
  }

  private static Map<String, String> settings(
      List<String> settings, String argument, List<String> problems) {
    Map<String, String> given = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        String shown = Secrets.isSecret(setting) ? Secrets.MASK : setting;
        problems.add(argument + " is " + shown + ", expected KEY=VALUE");
      } else {
        String key = setting.substring(0, equals);
        put(argument + " " + key, given, key, setting.substring(equals + 1), problems);
      }
    }
    return given;
  }

  private static JobOptions read(Map<String, String> given, List<String> problems) {
    return checked(known(given, JobOptions.options(), problems), problems, JobOptions::read);
  }

  /** Returns what is given under a known key; every other key is a problem. */
  private static Map<String, String> known(
      Map<String, String> given, List<ConfigOption<?>> options, List<String> problems) {
    Map<String, String> known = new LinkedHashMap<>();
    KnownKeys keys = new KnownKeys(options);
    new TreeMap<>(given)
        .forEach(
            (key, value) -> {
              if (keys.contains(key)) {
                known.put(key, value);
              } else {
                problems.add(key + " is no option, expected perhaps " + keys.nearest(key));
              }
            });
    return known;
  }

  private static <T> T checked(
      Map<String, String> known, List<String> problems, Function<OptionValues, T> reader) {
    OptionValues values = new OptionValues(Configuration.fromMap(known));
    problems.forEach(values::problem);
    T options = reader.apply(values);
    values.throwIfAny();
    return options;
  }

  private static Map<String, String> values(String[] args, List<String> problems) {
    Map<String, String> given = arguments(args, problems);
    Map<String, String> values = new LinkedHashMap<>();
    String file = given.remove(FILE);
    if (file != null) {
      read(file, values, problems);
    }
    values.putAll(given);
    return values;
  }

  private static void read(String file, Map<String, String> values, List<String> problems) {
    try {
      YamlValues.read(file, text(file), values);
    } catch (OptionException e) {
      problems.addAll(e.problems());
    }
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
        String key = argument.substring(2, equals);
        put("--" + key, given, key, argument.substring(equals + 1), problems);
      } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
        put(argument, given, argument.substring(2), args[++i], problems);
      } else {
        problems.add(argument + " has no value, expected " + argument + " VALUE");
      }
    }
    return given;
  }

  private static void put(
      String what, Map<String, String> given, String key, String value, List<String> problems) {
    if (given.putIfAbsent(key, value) != null) {
      problems.add(what + " is given twice, expected once");
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
