package dev.sluice.profile.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.ExpectationType;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about the data profile names every type, and its examples can be read. */
class ExpectationPageTest {
  private static final Path PAGE = Path.of("src/site/markdown/data-profile.md");

  @ParameterizedTest
  @EnumSource(ExpectationType.class)
  void namesEveryType(ExpectationType type) throws IOException {
    assertThat(Files.readString(PAGE)).contains("`" + type + "`");
  }

  static Stream<String> examples() throws IOException {
    return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("{"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itsExamplesAreReadAndWrittenTheSame(String example) throws IOException {
    JsonNode json = new ObjectMapper().readTree(example);
    boolean ofProfile = json.has("columns") || example.contains("ROW_COUNT");
    Expectation read = read(json, ofProfile);
    JsonNode written =
        ofProfile ? ExpectationWriter.ofProfile(read) : ExpectationWriter.ofColumn(read);
    assertThat(read(written, ofProfile)).isEqualTo(read);
  }

  private static Expectation read(JsonNode json, boolean ofProfile) {
    JsonFields fields = new JsonFields("data-profile.md", "", json);
    ExpectationReader reader = new ExpectationReader(true);
    return ofProfile
        ? reader.ofProfile(fields, Set.of())
        : reader.ofColumn(fields, "x", ElementType.DOUBLE);
  }
}
