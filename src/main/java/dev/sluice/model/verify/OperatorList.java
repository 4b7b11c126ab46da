package dev.sluice.model.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The operators that the runtime knows by schema, from the resource {@value #RESOURCE}. That one is
 * listed means that a model may name it, not that there is a kernel for every type and device.
 */
final class OperatorList {
  static final String RESOURCE = "onnxruntime-operators.txt";

  /** The versions of a domain that have an operator, both inclusive. */
  record Versions(int first, int last) {
    boolean contain(long version) {
      return version >= first && version <= last;
    }
  }

  private static final OperatorList INSTANCE = read();

  private final Map<String, Integer> domains = new LinkedHashMap<>();
  private final Map<String, Versions> operators = new TreeMap<>();
  private String runtimeVersion = "";
  private int irVersion;

  private OperatorList() {}

  /** Returns the list of the runtime that this project is built with. */
  static OperatorList get() {
    return INSTANCE;
  }

  private static OperatorList read() {
    try (InputStream in = OperatorList.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + RESOURCE);
      }
      OperatorList list = new OperatorList();
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(list::add);
      return list;
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + RESOURCE, e);
    }
  }

  private void add(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "version" -> runtimeVersion = words[1];
      case "ir" -> irVersion = Integer.parseInt(words[1]);
      case "domain" -> domains.put(words[1], Integer.parseInt(words[2]));
      default ->
          operators.put(
              words[0] + "." + words[1],
              new Versions(Integer.parseInt(words[2]), Integer.parseInt(words[3])));
    }
  }

  /** Returns the version of the runtime, {@code 1.28.0}. */
  String runtimeVersion() {
    return runtimeVersion;
  }

  /** Returns the latest version of the ONNX format that the runtime reads. */
  int irVersion() {
    return irVersion;
  }

  /** Returns the latest version of a domain, by its name; empty where the runtime lacks it. */
  Optional<Integer> latest(String domain) {
    return Optional.ofNullable(domains.get(domain));
  }

  Set<String> domains() {
    return Collections.unmodifiableSet(domains.keySet());
  }

  /** Returns the versions that have an operator, by its qualified name. */
  Optional<Versions> versions(String qualifiedName) {
    return Optional.ofNullable(operators.get(qualifiedName));
  }

  /** Returns all operators by their qualified names. */
  Map<String, Versions> operators() {
    return Collections.unmodifiableMap(operators);
  }
}
