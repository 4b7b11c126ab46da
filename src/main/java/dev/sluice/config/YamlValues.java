package dev.sluice.config;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the keys and values of a YAML mapping, nested or flat, as texts: {@code a: {b: 1}} and
 * {@code a.b: 1} are the same, and a list is its elements joined by commas.
 *
 * <p>It reads the parser's events and builds no objects. Tags, aliases, anchors, a second document,
 * a key given twice and nesting beyond {@value #MAX_DEPTH} levels are refused, so a file can
 * neither name a class nor grow while it is read; so is a comma in an element of a list, which
 * would be two elements.
 */
final class YamlValues {
  /** The largest file, in characters. */
  static final int MAX_LENGTH = 1 << 20;

  /** The deepest nesting, in levels. */
  static final int MAX_DEPTH = 16;

  private final String label;
  private final Iterator<Event> events;
  private final Map<String, String> values;

  private YamlValues(String label, Iterator<Event> events, Map<String, String> values) {
    this.label = label;
    this.events = events;
    this.values = values;
  }

  /**
   * Adds the values of a text to a map.
   *
   * @param label what to call the text in messages
   * @throws OptionException if the text is not such a mapping; the message names the line
   */
  static void read(String label, String text, Map<String, String> values) {
    if (text.length() > MAX_LENGTH) {
      throw new OptionException(
          List.of(label + " has " + text.length() + " characters, expected at most " + MAX_LENGTH));
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(label).setCodePointLimit(MAX_LENGTH).build();
    try {
      new YamlValues(label, new Parse(settings).parseString(text).iterator(), values).document();
    } catch (YamlEngineException e) {
      String problem = e.getMessage().lines().findFirst().orElse("it does not parse");
      throw new OptionException(List.of(label + " is no YAML: " + problem));
    }
  }

  private void document() {
    events.next(); // the start of the stream
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return;
    }
    Event root = events.next();
    switch (root.getEventId()) {
      case MappingStart -> {
        refuseMagic(root);
        mapping("", 1);
      }
      case Scalar -> {
        if (!((ScalarEvent) root).getValue().isEmpty()) {
          throw refused(root, "a single value", "keys and values");
        }
      }
      default -> throw refused(root, root.getEventId().toString(), "keys and values");
    }
    events.next(); // the end of the document
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw refused(end, "a second document", "one");
    }
  }

  private void mapping(String prefix, int depth) {
    for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
      if (!(key instanceof ScalarEvent scalar)) {
        throw refused(key, "a key that is no text", "a text");
      }
      value(prefix + scalar.getValue(), next(), depth);
    }
  }

  private void value(String key, Event event, int depth) {
    if (event instanceof CollectionStartEvent && depth >= MAX_DEPTH) {
      throw refused(event, "deeper nesting", "at most " + MAX_DEPTH + " levels");
    }
    switch (event.getEventId()) {
      case MappingStart -> mapping(key + ".", depth + 1);
      case SequenceStart -> put(key, event, list());
      default -> put(key, event, ((ScalarEvent) event).getValue());
    }
  }

  private String list() {
    List<String> elements = new ArrayList<>();
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      if (!(event instanceof ScalarEvent scalar)) {
        throw refused(event, "a list of lists or mappings", "a list of values");
      }
      if (scalar.getValue().contains(",")) {
        throw refused(event, "a list with a comma in an element", "elements without commas");
      }
      elements.add(scalar.getValue());
    }
    return String.join(",", elements);
  }

  private void put(String key, Event event, String value) {
    if (values.putIfAbsent(key, value) != null) {
      throw refused(event, "a second value for " + key, "one");
    }
  }

  private Event next() {
    Event event = events.next();
    refuseMagic(event);
    return event;
  }

  private void refuseMagic(Event event) {
    if (event instanceof AliasEvent) {
      throw refused(event, "an alias", "the value itself");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw refused(event, "an anchor", "the value alone");
    }
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    if (tag.isPresent()) {
      throw refused(event, "the tag " + tag.get(), "the value alone");
    }
  }

  private OptionException refused(Event event, String got, String expected) {
    String line = event.getStartMark().map(mark -> " line " + (mark.getLine() + 1)).orElse("");
    return new OptionException(List.of(label + line + " has " + got + ", expected " + expected));
  }
}
