package dev.sluice.deploy;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files of deploy/kubernetes, read by the classes of the operator and of Kubernetes' client.
 */
final class KubernetesFiles {
  static final Path DIRECTORY = Path.of("deploy/kubernetes");
  static final Path BASE = DIRECTORY.resolve("base/flink-deployment.yaml");
  private static final ObjectMapper STRICT = strict();

  private KubernetesFiles() {}

  /**
   * Returns an object as its class takes it.
   *
   * @throws IllegalArgumentException naming a property that the class does not have, or a value of
   *     another type
   */
  static <T> T strictly(Map<?, ?> document, Class<T> type) {
    return STRICT.convertValue(document, type);
  }

  /** Returns the deployment of an overlay, cpu or gpu, as the operator gets it. */
  static FlinkDeployment deployment(String overlay) throws IOException {
    return strictly(merged(overlay), FlinkDeployment.class);
  }

  /** Returns the deployment of an overlay: the base, and what the overlay's file says. */
  static Map<String, Object> merged(String overlay) throws IOException {
    Map<String, Object> base = documents(BASE).get(0);
    Path patch = DIRECTORY.resolve(overlay).resolve("flink-deployment.yaml");
    return Files.exists(patch) ? merge(base, documents(patch).get(0)) : base;
  }

  /** JSON merge patch (RFC 7386), which is what kustomize does to kinds it does not know. */
  static Map<String, Object> merge(Map<?, ?> target, Map<?, ?> patch) {
    Map<String, Object> result = new LinkedHashMap<>();
    target.forEach((key, value) -> result.put(key.toString(), value));
    patch.forEach(
        (key, value) -> {
          Object there = result.get(key.toString());
          result.put(
              key.toString(),
              there instanceof Map<?, ?> inner && value instanceof Map<?, ?> more
                  ? merge(inner, more)
                  : value);
        });
    return result;
  }

  static List<Map<String, Object>> documents(Path file) throws IOException {
    return documents(Files.readString(file));
  }

  static List<Map<String, Object>> documents(String text) {
    List<Map<String, Object>> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(text)
        .forEach(document -> documents.add(merge((Map<?, ?>) document, Map.of())));
    return documents;
  }

  /** Fails on unknown properties also where classes take them or leave them out in silence. */
  private static ObjectMapper strict() {
    BeanDeserializerModifier modifier =
        new BeanDeserializerModifier() {
          private static final long serialVersionUID = 1;

          @Override
          public BeanDeserializerBuilder updateBuilder(
              DeserializationConfig config, BeanDescription type, BeanDeserializerBuilder builder) {
            builder.setAnySetter(null);
            builder.setIgnoreUnknownProperties(false);
            return builder;
          }
        };
    // The newest release on Maven Central, 1.10.0, ends its list before Flink 2: the tests hold the
    // version against pom.xml.
    DeserializationProblemHandler versions =
        new DeserializationProblemHandler() {
          @Override
          public Object handleWeirdStringValue(
              DeserializationContext context, Class<?> target, String value, String message) {
            return target == FlinkVersion.class && value.startsWith("v2_")
                ? FlinkVersion.current()
                : NOT_HANDLED;
          }
        };
    return JsonMapper.builder()
        .addModule(new SimpleModule().setDeserializerModifier(modifier))
        .addHandler(versions)
        .build();
  }
}
