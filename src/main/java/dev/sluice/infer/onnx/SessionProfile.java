package dev.sluice.infer.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.infer.ProviderShare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profile that a session writes of its runs until it is told to stop: a file of JSON, in a
 * directory of its own, which is deleted then, or on closing.
 */
final class SessionProfile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SessionProfile.class);

  private final Path directory;

  private SessionProfile(Path directory) {
    this.directory = directory;
  }

  /** Has the sessions that are made with these options write a profile. */
  static SessionProfile enable(OrtSession.SessionOptions options) throws OrtException {
    SessionProfile profile;
    try {
      profile =
          new SessionProfile(
              Files.createTempDirectory(
                  "sluice-profile-%d-".formatted(ProcessHandle.current().pid())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a directory for a profile of the model", e);
    }
    try {
      options.enableProfiling(profile.directory.resolve("run").toString());
      return profile;
    } catch (OrtException | RuntimeException e) {
      profile.close();
      throw e;
    }
  }

  /**
   * Ends the profile of a session and sums it up. Empty, and said in the log, where it tells
   * nothing or cannot be read, as the runtime writes names of nodes into it without escapes: a
   * measurement that is not had is no reason to do without the model.
   */
  Optional<ProviderShare> end(OrtSession session) {
    try {
      ProviderShare share = read(Path.of(session.endProfiling()));
      if (!share.parts().isEmpty()) {
        return Optional.of(share);
      }
      LOG.warn("Which provider ran how much of the model is not measured: it ran no nodes");
    } catch (OrtException | IOException | RuntimeException e) {
      LOG.warn(
          "Which provider ran how much of the model is not measured: its profile cannot be read: {}",
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } finally {
      close();
    }
    return Optional.empty();
  }

  /** What one provider did. */
  private static final class Sum {
    private final Set<String> nodes = new HashSet<>();
    private long micros;
  }

  /**
   * Sums up the events of category Node: one per node and run, with its provider and time in µs.
   */
  static ProviderShare read(Path file) throws IOException {
    Map<String, Sum> sums = new TreeMap<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException(file + " begins with " + json.currentToken() + ", expected an array");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        readEvent(json, sums);
      }
    }
    int nodes = sums.values().stream().mapToInt(sum -> sum.nodes.size()).sum();
    long micros = sums.values().stream().mapToLong(sum -> sum.micros).sum();
    List<ProviderShare.Part> parts = new ArrayList<>();
    sums.forEach(
        (provider, sum) ->
            parts.add(
                new ProviderShare.Part(
                    provider,
                    sum.nodes.size(),
                    (double) sum.nodes.size() / nodes,
                    micros == 0 ? 0 : (double) sum.micros / micros)));
    return new ProviderShare(parts);
  }

  private static void readEvent(JsonParser json, Map<String, Sum> sums) throws IOException {
    String category = "";
    String provider = "";
    String name = "";
    long micros = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "cat" -> category = json.getValueAsString("");
        case "name" -> name = json.getValueAsString("");
        case "dur" -> micros = json.getValueAsLong();
        case "args" -> provider = provider(json);
        default -> json.skipChildren();
      }
    }
    if (category.equals("Node") && !provider.isEmpty()) {
      Sum sum = sums.computeIfAbsent(provider, key -> new Sum());
      sum.nodes.add(name);
      sum.micros += micros;
    }
  }

  private static String provider(JsonParser json) throws IOException {
    String provider = "";
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return provider;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean named = json.currentName().equals("provider");
      json.nextToken();
      if (named) {
        provider = json.getValueAsString("");
      } else {
        json.skipChildren();
      }
    }
    return provider;
  }

  /** Deletes what is there of the directory; what cannot be deleted is said in the log. */
  @Override
  public void close() {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(directory);
    } catch (NoSuchFileException e) {
      // closed before, or deleted by somebody who tidies up
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("A profile of the model cannot be deleted: {}", directory, e);
    }
  }
}
