package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the command inspect printed for a person and for a program. */
record Inspected(CommandLineRun run, JsonNode json) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Runs it twice, and asserts that both say the same and that neither prints a stack trace. */
  static Inspected of(Path path, String... more) throws JsonProcessingException {
    List<String> arguments = new ArrayList<>(List.of("inspect", path.toString()));
    arguments.addAll(List.of(more));
    CommandLineRun text = CommandLineRun.of(arguments.toArray(String[]::new));
    arguments.add("--json");
    CommandLineRun json = CommandLineRun.of(arguments.toArray(String[]::new));
    assertThat(text.err() + json.err()).isEmpty();
    assertThat(json.out()).matches("(?s)\\{[\\n\\x20-\\x7e]*}\\n");
    assertThat(text.out()).matches("(?s)[^\\p{Cntrl}\\p{Cf}&&[^\\n]]*").doesNotContain("\tat ");
    Inspected inspected = new Inspected(text, MAPPER.readTree(json.out()));
    assertThat(json.code()).isEqualTo(text.code());
    assertThat(inspected.usable()).isEqualTo(text.code() == 0);
    assertThat(inspected.lines().get(inspected.lines().size() - 1))
        .isEqualTo(text.code() == 0 ? "usable" : "not usable");
    return inspected;
  }

  boolean usable() {
    return json.path("usable").booleanValue();
  }

  List<String> lines() {
    return run.out().lines().toList();
  }

  List<String> problems() {
    return texts(json.path("problems"));
  }

  static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
