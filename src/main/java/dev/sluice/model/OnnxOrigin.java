package dev.sluice.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an ONNX file says about where it comes from; all of it may be empty.
 *
 * @param producer the program that wrote it
 * @param producerVersion that program's version
 * @param properties the file's free statements, in its order
 */
public record OnnxOrigin(String producer, String producerVersion, Map<String, String> properties) {
  public OnnxOrigin {
    requireNonNull(producer, "producer is null");
    requireNonNull(producerVersion, "producerVersion is null");
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** Returns the program and its version for a person, or the empty string. */
  public String describe() {
    return (producer + " " + producerVersion).strip();
  }
}
