package dev.sluice.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterStoreTest {
  private final LetterStore store = new LetterStore(3, 1 << 20);

  private static LetterSummary letter(int offset, String reason, String column, String producer) {
    List<LetterSummary.Cause> causes =
        column.isEmpty()
            ? List.of()
            : List.of(
                new LetterSummary.Cause(column, reason, "<script>x</script>", "range [0, 1]"));
    return new LetterSummary(
        0,
        offset,
        1000L * offset,
        causes.isEmpty() ? "MALFORMED" : "REJECTED",
        reason,
        "message " + offset,
        "features-1@" + offset,
        producer,
        "key",
        causes,
        List.of());
  }

  private JsonNode search(String query) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Query parsed = Query.of(query);
    store.write(LetterSearch.of(parsed), parsed, out);
    return new JsonMapper().readTree(out.toByteArray());
  }

  private List<Integer> found(String query) throws IOException {
    return search(query).findValues("offset").stream().map(JsonNode::asInt).toList();
  }

  @Test
  void theNewestAreKeptAndTheOthersCounted() throws IOException {
    for (int i : new int[] {3, 1, 5, 2, 4, 4}) {
      store.add(letter(i, "UNDECODABLE", "", ""));
    }
    JsonNode all = search("");
    assertThat(found("")).containsExactly(5, 4, 3);
    assertThat(all.get("dropped").asInt()).isEqualTo(2);
    assertThat(all.get("kept").asInt()).isEqualTo(3);
  }

  @Test
  void allConditionsHaveToBeMet() throws IOException {
    store.add(letter(1, "OUT_OF_RANGE", "PRES", "plant-7"));
    store.add(letter(2, "OUT_OF_RANGE", "TEMP, RAIN", "plant-8"));
    store.add(letter(3, "UNDECODABLE", "", "plant-7"));
    assertThat(found("reason=OUT_OF_RANGE")).containsExactly(2, 1);
    assertThat(found("column=RAIN")).containsExactly(2);
    assertThat(found("column=RAIN&reason=UNDECODABLE")).isEmpty();
    assertThat(found("producer=plant-7&kind=MALFORMED")).containsExactly(3);
    assertThat(found("text=%3CSCRIPT")).containsExactly(2, 1);
    assertThat(found("text=features-1%403")).containsExactly(3);
    assertThat(found("limit=1&from=1")).containsExactly(2);
    JsonNode choices = search("text=nothing").get("choices");
    assertThat(choices.get("reason").get(0).toString())
        .isEqualTo("{\"value\":\"OUT_OF_RANGE\",\"count\":2}");
  }

  @Test
  void aLetterIsFoundByAllItsViolations() throws IOException {
    List<LetterSummary.Violated> others = new ArrayList<>();
    for (int i = 5; i < 400; i++) {
      others.add(new LetterSummary.Violated("column_" + i, "OUT_OF_RANGE"));
    }
    LetterSummary few = letter(1, "MISSING", "column_0", "");
    store.add(
        new LetterSummary(0, 1, 0, "REJECTED", "MISSING", "", "", "", "", few.causes(), others));
    assertThat(found("column=column_399")).containsExactly(1);
    assertThat(found("column=column_399&reason=OUT_OF_RANGE")).containsExactly(1);
    assertThat(found("column=column_399&reason=MISSING")).isEmpty();
    assertThat(found("text=COLUMN_399")).containsExactly(1);
    assertThat(search("").findValue("moreCauses").asInt()).isEqualTo(395);
  }

  @Test
  void memoryIsBoundedHoweverLongLettersAre() throws IOException {
    LetterStore small = new LetterStore(1000, 50_000);
    String text = "x".repeat(5000);
    LetterSummary.Cause cause = new LetterSummary.Cause(text, text, text, text);
    for (int i = 0; i < 1000; i++) {
      small.add(
          new LetterSummary(
              0,
              i,
              i,
              "R",
              text,
              text,
              text,
              text,
              text,
              Collections.nCopies(5, cause),
              List.of()));
    }
    assertThat(small.size()).isBetween(2, 10);
  }

  @Test
  void nothingLongIsKept() {
    LetterSummary letter =
        new LetterSummary(
            0, 0, 0, "FAILED", "R", "m".repeat(5000), "", "", "", List.of(), List.of());
    assertThat(letter.message()).hasSize(200).endsWith("…");
  }
}
