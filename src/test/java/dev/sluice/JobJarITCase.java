package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jar for {@code flink run}: all that a cluster lacks, and nothing that it has. */
class JobJarITCase {
  private static JarFile jar;
  private static List<String> names;

  @BeforeAll
  static void open() throws IOException {
    File file = new File(System.getProperty("sluice.job.jar", "target/sluice-job.jar"));
    assertThat(file).as("the job jar, made by mvn -DskipTests package").isFile();
    jar = new JarFile(file);
    names = jar.stream().map(JarEntry::getName).toList();
  }

  @AfterAll
  static void close() throws IOException {
    if (jar != null) {
      jar.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev/sluice/config/JobOptions.class",
        "dev/sluice/kafka/FeatureSource.class",
        "dev/sluice/record/EncodedRecord.class",
        "dev/sluice/avro/Prediction.class",
        "org/apache/flink/connector/kafka/source/KafkaSource.class",
        "org/apache/flink/connector/base/DeliveryGuarantee.class",
        "org/apache/kafka/clients/producer/KafkaProducer.class",
        "net/jpountz/lz4/LZ4Factory.class",
        "org/xerial/snappy/Snappy.class",
        "com/github/luben/zstd/Zstd.class",
        "org/apache/avro/Schema.class",
        "com/fasterxml/jackson/core/JsonFactory.class",
        "com/fasterxml/jackson/databind/ObjectMapper.class",
        "com/fasterxml/jackson/annotation/JsonProperty.class",
        "org/snakeyaml/engine/v2/api/lowlevel/Parse.class",
        "dev/sluice/model/verify/onnxruntime-operators.txt",
        "com/google/protobuf/CodedInputStream.class",
        "com/google/re2j/Pattern.class",
        "org/apache/commons/text/similarity/LevenshteinDistance.class",
        "org/apache/commons/lang3/StringUtils.class",
      })
  void isThere(String name) {
    assertThat(names).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev/sluice/cli/",
        "dev/sluice/report/",
        "models/",
        "log4j2",
        "ai/onnxruntime/",
        "org/apache/flink/api/",
        "org/apache/flink/configuration/",
        "org/apache/flink/core/",
        "org/apache/flink/runtime/",
        "org/apache/flink/streaming/api/",
        "org/apache/flink/shaded/",
        "org/apache/logging/",
        "org/slf4j/",
        "org/rocksdb/",
        "kafka/server/",
        "scala/",
        "picocli/",
        "me/tongfei/",
        "org/jline/",
        "de/siegmar/",
        "web/",
      })
  void isNotThere(String prefix) {
    assertThat(names.stream().filter(name -> name.startsWith(prefix))).isEmpty();
  }

  @Test
  void nothingIsSigned() {
    assertThat(names).noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|DSA|RSA)"));
  }

  @Test
  void theManifestNamesTheJob() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
        .isEqualTo("dev.sluice.InferenceJob");
  }

  /** Flink's class loader for jobs follows it, to ONNX Runtime in the directory beside the jar. */
  @Test
  void theManifestNamesNoOtherJars() throws IOException {
    assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path")).isNull();
  }

  @Test
  void servicesAreMerged() throws IOException {
    JarEntry factories =
        jar.getJarEntry("META-INF/services/com.fasterxml.jackson.core.JsonFactory");
    assertThat(new String(jar.getInputStream(factories).readAllBytes(), StandardCharsets.UTF_8))
        .contains("com.fasterxml.jackson.core.JsonFactory");
  }
}
