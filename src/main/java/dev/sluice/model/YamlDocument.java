package dev.sluice.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML file of unknown origin into maps, lists, texts, numbers, booleans and nulls: no tags
 * of one's own, few aliases, bounded in size, depth and number of values.
 */
public final class YamlDocument {
  /** The largest file in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_ALIASES = 20;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_VALUES = 100_000;

  private final Path file;
  private int values;

  private YamlDocument(Path file) {
    this.file = file;
  }

  /**
   * Returns the map that the file holds, immutable all the way down, keys in the file's order.
   *
   * @throws ModelPackageException if it cannot be read, is no YAML, no map or beyond the bounds
   */
  public static Map<String, Object> readMap(Path file) {
    if (!(new YamlDocument(file).copy(load(file), 0) instanceof Map<?, ?> map)) {
      throw new ModelPackageException(file + " is no YAML map");
    }
    return asMap(map);
  }

  /** Returns the map of a document with its true type: {@link #readMap} makes all keys texts. */
  static Map<String, Object> asMap(Map<?, ?> map) {
    Map<String, Object> typed = new LinkedHashMap<>();
    map.forEach((key, value) -> typed.put((String) key, value));
    return Collections.unmodifiableMap(typed);
  }

  private static Object load(Path file) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setCodePointLimit(MAX_BYTES)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setAllowRecursiveKeys(false)
            .setAllowDuplicateKeys(false)
            .build();
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new ModelPackageException(
            file + " has " + size + " bytes, expected at most " + MAX_BYTES);
      }
      return new Load(settings).loadFromString(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ModelPackageException("cannot read " + file + ": " + e, e);
    } catch (YamlEngineException e) {
      throw new ModelPackageException(file + " is no plain YAML: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new ModelPackageException(file + " is nested too deeply", e);
    }
  }

  private Object copy(Object value, int depth) {
    if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
      throw new ModelPackageException(
          "%s is nested deeper than %d or has more than %d values"
              .formatted(file, MAX_DEPTH, MAX_VALUES));
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copied = new LinkedHashMap<>();
      map.forEach((key, element) -> copied.put(String.valueOf(key), copy(element, depth + 1)));
      return Collections.unmodifiableMap(copied);
    }
    if (value instanceof Iterable<?> list) {
      List<Object> copied = new ArrayList<>();
      list.forEach(element -> copied.add(copy(element, depth + 1)));
      return Collections.unmodifiableList(copied);
    }
    return value;
  }
}
