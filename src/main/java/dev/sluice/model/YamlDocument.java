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
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.ConstructYamlNull;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import org.snakeyaml.engine.v2.schema.JsonSchema;
import org.snakeyaml.engine.v2.schema.Schema;

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
  private static final int MAX_SHOWN = 200;

  private final Path file;
  private int values;
  private long characters;

  private YamlDocument(Path file) {
    this.file = file;
  }

  /**
   * Returns the map that the file holds, immutable all the way down, keys in the file's order.
   *
   * @throws ModelPackageException if it cannot be read, is no YAML, no map or beyond the bounds
   */
  public static Map<String, Object> readMap(Path file) {
    return readMap(file, new JsonSchema());
  }

  /**
   * Returns the map that the file holds with every scalar as it is written, {@code 1.10} as the
   * text 1.10; only what is empty is null.
   *
   * @throws ModelPackageException as {@link #readMap} does
   */
  static Map<String, Object> readTexts(Path file) {
    return readMap(file, new TextSchema());
  }

  /** The failsafe schema takes an empty scalar for null, and has nothing to make one of it. */
  private static final class TextSchema extends FailsafeSchema {
    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
      return Map.of(Tag.NULL, new ConstructYamlNull());
    }
  }

  private static Map<String, Object> readMap(Path file, Schema schema) {
    if (!(new YamlDocument(file).copy(load(file, schema), 0) instanceof Map<?, ?> map)) {
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

  private static Object load(Path file, Schema schema) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file.toString())
            .setSchema(schema)
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
    if (value instanceof String text) {
      count(text);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copied = new LinkedHashMap<>();
      map.forEach(
          (key, element) -> copied.put(count(String.valueOf(key)), copy(element, depth + 1)));
      return Collections.unmodifiableMap(copied);
    }
    if (value instanceof Iterable<?> list) {
      List<Object> copied = new ArrayList<>();
      list.forEach(element -> copied.add(copy(element, depth + 1)));
      return Collections.unmodifiableList(copied);
    }
    return value;
  }

  /** An alias of a text repeats it for a few bytes, and messages and reports write it out. */
  private String count(String text) {
    characters += text.length();
    if (characters > MAX_BYTES) {
      throw new ModelPackageException(
          "%s has texts of more than %d characters, aliases written out"
              .formatted(file, MAX_BYTES));
    }
    return text;
  }

  /** Returns a value for a message: what it is, and a short one itself. */
  static String shown(Object value) {
    if (value instanceof Map<?, ?> map) {
      return "a map of " + map.size() + " keys";
    }
    if (value instanceof List<?> list && list.toString().length() > MAX_SHOWN) {
      return "a list of " + list.size() + " values";
    }
    String text = String.valueOf(value);
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
