package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package may know which: the direction of dependencies, of this project and of others. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sluice");

  /** A package and the packages of this project that it may know besides itself. */
  @ParameterizedTest
  @CsvSource({
    "wide, ''",
    "record, 'wide'",
    "config, ''",
    "metric, 'record'",
    "expect, 'record'",
    "expect.gx, 'expect record'",
    "profile, 'record expect'",
    "profile.statistics, 'profile record wide'",
    "profile.build, 'profile profile.statistics drift record expect'",
    "profile.merge, 'profile profile.statistics record expect'",
    "profile.file, 'profile profile.statistics record expect'",
    "model, 'record model.format'",
    "model.format, ''",
    "model.verify, 'model record'",
    "drift, 'profile profile.statistics record'",
    "serial, 'record profile profile.file'",
    "decode, 'metric record config profile drift model serial'",
    "validate, 'validate.check metric record config expect profile model serial'",
    "validate.check, 'record expect'",
    "batch, 'metric record config profile drift model serial'",
    "infer, 'infer.output metric record config profile drift model serial'",
    "infer.output, 'record config model'",
    "infer.onnx, 'infer record config profile drift model model.verify serial'",
    "monitor, 'monitor.check metric record config expect profile profile.statistics drift model serial'",
    "monitor.alarm, 'monitor metric record config profile serial'",
    "monitor.check, 'record expect profile'",
    "encode, 'metric record config expect profile drift model serial avro'",
    "kafka, 'kafka.registry kafka.secret decode encode record config'",
    "kafka.registry, 'kafka.secret decode config metric'",
    "kafka.secret, ''",
    "report, 'record expect profile drift'",
    "report.console, 'report record expect profile drift'",
  })
  void aPackageKnowsOnlyThoseBelowIt(String name, String others) {
    String[] allowed =
        Stream.concat(
                Stream.of(name), Arrays.stream(others.split(" ")).filter(other -> !other.isEmpty()))
            .map(other -> "dev.sluice." + other)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.sluice." + name)
        .should()
        .dependOnClassesThat(resideInAPackage("dev.sluice..").and(not(resideInAnyPackage(allowed))))
        .check(CLASSES);
  }

  @Test
  void theTableNamesEveryPackage() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrder(
            "dev.sluice",
            "dev.sluice.avro",
            "dev.sluice.batch",
            "dev.sluice.cli",
            "dev.sluice.cli.inspect",
            "dev.sluice.cli.bench",
            "dev.sluice.cli.console",
            "dev.sluice.cli.drift",
            "dev.sluice.cli.parquet",
            "dev.sluice.cli.profile",
            "dev.sluice.cli.letters",
            "dev.sluice.cli.produce",
            "dev.sluice.cli.score",
            "dev.sluice.config",
            "dev.sluice.decode",
            "dev.sluice.drift",
            "dev.sluice.encode",
            "dev.sluice.expect",
            "dev.sluice.expect.gx",
            "dev.sluice.infer",
            "dev.sluice.infer.onnx",
            "dev.sluice.infer.output",
            "dev.sluice.kafka",
            "dev.sluice.kafka.registry",
            "dev.sluice.kafka.secret",
            "dev.sluice.metric",
            "dev.sluice.model",
            "dev.sluice.model.format",
            "dev.sluice.model.verify",
            "dev.sluice.monitor",
            "dev.sluice.monitor.alarm",
            "dev.sluice.monitor.check",
            "dev.sluice.profile",
            "dev.sluice.profile.build",
            "dev.sluice.profile.file",
            "dev.sluice.profile.merge",
            "dev.sluice.profile.statistics",
            "dev.sluice.record",
            "dev.sluice.report",
            "dev.sluice.report.console",
            "dev.sluice.serial",
            "dev.sluice.validate",
            "dev.sluice.validate.check",
            "dev.sluice.wide");
  }

  @Test
  void valuesAndProfilesAndOptionsArePlain() {
    classes()
        .that()
        .resideInAPackage("dev.sluice.record")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.sluice.record", "dev.sluice.wide")
        .check(CLASSES);
    classes()
        .that()
        .resideInAnyPackage("dev.sluice.profile..", "dev.sluice.expect..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "dev.sluice.expect..",
            "dev.sluice.profile..",
            "dev.sluice.drift",
            "dev.sluice.record",
            "dev.sluice.wide",
            "jdk.incubator.vector",
            "com.fasterxml.jackson..",
            "com.google.re2j..")
        .check(CLASSES);
    classes()
        .that()
        .resideInAPackage("dev.sluice.config")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "dev.sluice.config",
            "org.apache.flink..",
            "org.snakeyaml.engine..",
            "org.apache.commons.text..")
        .check(CLASSES);
  }

  /** It may be loaded only where the module is there, so nothing may name it. */
  @Test
  void onlyOneClassNamesTheIncubatingModuleAndNoneNamesIt() {
    noClasses()
        .that()
        .doNotHaveSimpleName("VectorLoops")
        .should()
        .dependOnClassesThat(resideInAPackage("jdk.incubator..").or(simpleName("VectorLoops")))
        .check(CLASSES);
  }

  @Test
  void statisticsAndModelsKnowNoFlink() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.sluice.model..", "dev.sluice.drift")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.flink..")
        .check(CLASSES);
  }

  @Test
  void onlyOnePackageNamesOnnxRuntime() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sluice.infer.onnx")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEndpointsAndTheCommandLineNameKafka() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.sluice.kafka",
            "dev.sluice.kafka.secret",
            "dev.sluice.cli",
            "dev.sluice.cli.console",
            "dev.sluice.cli.letters",
            "dev.sluice.cli.produce")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.flink.connector.kafka..", "kafka..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.sluice.kafka")
        .should()
        .dependOnClassesThat(
            not(
                resideInAnyPackage(
                    "java..",
                    "javax.security.auth..",
                    "dev.sluice..",
                    "org.apache.kafka..",
                    "org.apache.flink..",
                    "org.slf4j..")))
        .check(CLASSES);
  }

  @Test
  void thePipelineItselfNamesNoEndpoint() {
    noClasses()
        .that()
        .haveFullyQualifiedName(InferencePipeline.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.sluice.kafka", "dev.sluice.infer.onnx", "org.apache.flink.connector.kafka..")
        .check(CLASSES);
  }

  @Test
  void onlyEncodersAndTheCommandLineUseGeneratedClasses() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.sluice.avro", "dev.sluice.encode", "dev.sluice.cli", "dev.sluice.cli.letters")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sluice.avro")
        .check(CLASSES);
  }

  @Test
  void nobodyKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sluice.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sluice.cli..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.sluice.cli.drift",
            "dev.sluice.cli.inspect",
            "dev.sluice.cli.produce",
            "dev.sluice.cli.profile",
            "dev.sluice.cli.score")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sluice.cli", "dev.sluice.cli.bench")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.sluice.cli.bench", "dev.sluice.cli.console", "dev.sluice.cli.letters")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.sluice.cli")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.sluice.cli")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(CLASSES);
  }

  @Test
  void nobodyStartsThreads() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.sluice.cli",
            "dev.sluice.cli.console",
            "dev.sluice.infer.onnx",
            "dev.sluice.report.console")
        .should()
        .beAssignableTo(Thread.class)
        .orShould()
        .callMethod(Thread.class, "start")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Executor.class)
        .check(CLASSES);
  }
}
