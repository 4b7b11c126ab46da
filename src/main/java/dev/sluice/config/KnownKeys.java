package dev.sluice.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;

/** The keys that the job knows: whole keys, and prefixes that any name may follow. */
final class KnownKeys {
  private final List<String> keys = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();

  KnownKeys(List<ConfigOption<?>> options) {
    for (ConfigOption<?> option : options) {
      if (takesNames(option)) {
        prefixes.add(option.key() + ".");
      } else {
        keys.add(option.key());
      }
    }
  }

  /** Returns whether an option is a prefix that any name may follow. */
  static boolean takesNames(ConfigOption<?> option) {
    return option.hasDefaultValue() && option.defaultValue() instanceof Map;
  }

  boolean contains(String key) {
    return keys.contains(key)
        || prefixes.stream().anyMatch(p -> key.startsWith(p) && key.length() > p.length());
  }

  /** Returns the known key that takes the fewest edits to reach from an unknown one. */
  String nearest(String unknown) {
    List<String> known =
        Stream.concat(keys.stream(), prefixes.stream().map(prefix -> named(prefix, unknown)))
            .toList();
    return NearestName.of(unknown, known).orElseThrow();
  }

  /** Returns a prefix followed by what follows the same number of words of an unknown key. */
  private static String named(String prefix, String unknown) {
    int words = (int) prefix.chars().filter(c -> c == '.').count();
    int end = -1;
    for (int word = 0; word < words; word++) {
      end = unknown.indexOf('.', end + 1);
      if (end < 0) {
        return prefix + "*";
      }
    }
    return prefix + unknown.substring(end + 1);
  }
}
