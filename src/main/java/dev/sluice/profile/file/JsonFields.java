package dev.sluice.profile.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The fields of one JSON object at a place of a file, read one by one with their types checked;
 * {@link #finish} refuses those that nobody asked for, so that a misspelt key is no silent default.
 */
final class JsonFields {
  private static final int MAX_SHOWN = 80;

  private final String file;
  private final String place;
  private final JsonNode object;
  private final Set<String> read = new HashSet<>();

  /**
   * @param place the path of the object within the file, empty for the outermost
   */
  JsonFields(String file, String place, JsonNode object) {
    this.file = file;
    this.place = place;
    this.object = object;
    if (!object.isObject()) {
      throw failure(place, show(object), "an object");
    }
  }

  /**
   * Returns these fields and some more, which must not be there yet.
   *
   * @param more for this object; taken over
   */
  JsonFields with(ObjectNode more) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (more.has(field.getKey())) {
        throw failureAt(field.getKey(), "there", "that of the whole alone");
      }
      more.set(field.getKey(), field.getValue());
    }
    return new JsonFields(file, place, more);
  }

  String file() {
    return file;
  }

  String place(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  DataProfileException failure(String at, String got, String expected) {
    String where = at.isEmpty() ? "the document" : at;
    return new DataProfileException(
        file + ": " + where + " is " + got + ", expected " + expected, null);
  }

  DataProfileException failureAt(String key, Object got, String expected) {
    return failure(place(key), String.valueOf(got), expected);
  }

  /** Makes a value out of fields; what its constructor refuses is reported with the place. */
  <T> T build(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (DataProfileException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      String where = place.isEmpty() ? "" : place + ": ";
      throw new DataProfileException(file + ": " + where + e.getMessage(), e);
    }
  }

  private JsonNode optional(String key) {
    read.add(key);
    JsonNode node = object.get(key);
    return node == null || node.isNull() ? null : node;
  }

  private JsonNode required(String key, String expected) {
    JsonNode node = optional(key);
    if (node == null) {
      throw failure(place(key), "missing", expected);
    }
    return node;
  }

  boolean has(String key) {
    return optional(key) != null;
  }

  String text(String key) {
    JsonNode node = required(key, "text");
    if (!node.isTextual()) {
      throw failure(place(key), show(node), "text");
    }
    return node.textValue();
  }

  boolean flag(String key) {
    JsonNode node = required(key, "true or false");
    if (!node.isBoolean()) {
      throw failure(place(key), show(node), "true or false");
    }
    return node.booleanValue();
  }

  <E extends Enum<E>> E oneOf(String key, Class<E> type) {
    String name = text(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name.toUpperCase(Locale.ROOT))) {
        return constant;
      }
    }
    String known = Arrays.toString(type.getEnumConstants());
    throw failure(place(key), name, "one of " + known.substring(1, known.length() - 1));
  }

  long integer(String key, long min, long max) {
    String expected = "an integer from " + min + " to " + max;
    return integer(place(key), required(key, expected), min, max);
  }

  Long optionalInteger(String key, long min, long max) {
    JsonNode node = optional(key);
    return node == null ? null : (Long) integer(place(key), node, min, max);
  }

  private long integer(String at, JsonNode node, long min, long max) {
    boolean fits = node.isIntegralNumber() && node.canConvertToLong();
    if (!fits || node.longValue() < min || node.longValue() > max) {
      throw failure(at, show(node), "an integer from " + min + " to " + max);
    }
    return node.longValue();
  }

  /** Returns a count: an integer of 0 or more. */
  long count(String key) {
    return integer(key, 0, Long.MAX_VALUE);
  }

  double number(String key) {
    return number(place(key), required(key, "a finite number"));
  }

  Double optionalNumber(String key) {
    JsonNode node = optional(key);
    return node == null ? null : (Double) number(place(key), node);
  }

  private double number(String at, JsonNode node) {
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw failure(at, show(node), "a finite number");
    }
    return node.doubleValue();
  }

  /**
   * Refuses a whole number by which others of 64 bits would be rejected once it is a double.
   *
   * @param isExact whether none would
   */
  void requireExact(String key, Predicate<BigDecimal> isExact) {
    JsonNode node = optional(key);
    if (node != null && node.isIntegralNumber() && !isExact.test(node.decimalValue())) {
      String nearest = new BigDecimal(node.doubleValue()).toPlainString();
      throw failure(place(key), show(node), "a number that a double holds, such as " + nearest);
    }
  }

  List<Double> numbers(String key) {
    return list(key, (at, node) -> number(at, node));
  }

  /** Returns numbers that may be infinite: {@code "-inf"} and {@code "inf"}. */
  List<Double> edges(String key) {
    return list(
        key,
        (at, node) ->
            switch (node.asText()) {
              case "-inf" -> Double.NEGATIVE_INFINITY;
              case "inf" -> Double.POSITIVE_INFINITY;
              default -> (Double) number(at, node);
            });
  }

  List<Long> counts(String key) {
    return list(key, (at, node) -> integer(at, node, 0, Long.MAX_VALUE));
  }

  List<String> texts(String key) {
    return list(
        key,
        (at, node) -> {
          if (!node.isTextual()) {
            throw failure(at, show(node), "text");
          }
          return node.textValue();
        });
  }

  JsonFields fields(String key) {
    return new JsonFields(file, place(key), required(key, "an object"));
  }

  <T> List<T> objects(String key, Function<JsonFields, T> reader) {
    return list(key, (at, node) -> reader.apply(new JsonFields(file, at, node)));
  }

  /** Reads one element of an array. */
  private interface ElementReader<T> {
    T read(String at, JsonNode node);
  }

  private <T> List<T> list(String key, ElementReader<T> reader) {
    JsonNode array = required(key, "an array");
    if (!array.isArray()) {
      throw failure(place(key), show(array), "an array");
    }
    List<T> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      elements.add(reader.read(place(key) + "[" + i + "]", array.get(i)));
    }
    return elements;
  }

  /** Returns the keys, in the order of the file. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** Refuses keys that were not read. */
  void finish() {
    for (String key : keys()) {
      if (!read.contains(key)) {
        throw failure(
            place(key), "there", "only known keys: " + String.join(", ", new TreeSet<>(read)));
      }
    }
  }

  private static String show(JsonNode node) {
    if (node.isContainerNode()) {
      return node.isArray() ? "an array" : "an object";
    }
    String text = node.isMissingNode() ? "nothing" : node.toString();
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
