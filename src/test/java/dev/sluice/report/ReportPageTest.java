package dev.sluice.report;

import static dev.sluice.report.SampleProfiles.KEY;
import static dev.sluice.report.SampleProfiles.input;
import static dev.sluice.report.SampleProfiles.numbers;
import static dev.sluice.report.SampleProfiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static final String HOSTILE = "<script>alert(1)</script>";
  private static final String QUOTED = "\"'&</style><!--";

  private static String page(History history, ModelKey key) throws IOException {
    StringWriter page = new StringWriter();
    new ReportPage(history, List.of(), key, Instant.EPOCH).write(page);
    return page.toString();
  }

  private static JsonNode data(String page) throws IOException {
    Matcher data =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(page);
    assertThat(data.find()).isTrue();
    return new JsonMapper().readTree(data.group(1));
  }

  @Test
  void namesAndValuesOfTheDataAreNoMarkup() throws IOException {
    History history = new History();
    Map<String, Long> values = new LinkedHashMap<>(); // most frequent first, as profiles have them
    values.put(QUOTED, 3L);
    values.put(HOSTILE, 1L);
    history.add(input(0, 0, texts(HOSTILE, values, 0.9)));

    String page = page(history, KEY);

    assertThat(page).doesNotContain(HOSTILE).doesNotContain(QUOTED);
    JsonNode column = data(page).get("columns").get(0);
    assertThat(column.get("name").asText()).isEqualTo(HOSTILE);
    assertThat(column.get("newest").get("distribution").get("values").toString())
        .isEqualTo(new JsonMapper().writeValueAsString(List.of(QUOTED, HOSTILE)));
  }

  @Test
  void thePolicyAllowsTheScriptsOfThePageAndNothingElse() throws IOException {
    String page = page(new History(), null);

    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1)).startsWith("default-src 'none'; ").doesNotContain("unsafe");
    Matcher script = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
    int scripts = 0;
    while (script.find()) {
      scripts++;
      assertThat(policy.group(1)).contains(PageParts.hash(script.group(1)));
    }
    assertThat(scripts).isEqualTo(PageParts.SCRIPTS.size() + 2);
    assertThat(page).doesNotContain("src=\"http").doesNotContain("<link rel=\"stylesheet");
  }

  @Test
  void noScriptMakesMarkupOfTexts() {
    List<String> scripts = new ArrayList<>(PageParts.SCRIPTS);
    scripts.add("report.js");
    for (String name : scripts) {
      assertThat(PageParts.text(name))
          .as(name)
          .doesNotContain("innerHTML")
          .doesNotContain("insertAdjacentHTML")
          .doesNotContain("document.write")
          .doesNotContain("eval(");
    }
  }

  @Test
  void aReportWithoutWindowsSaysSo() throws IOException {
    JsonNode data = data(page(new History(), null));

    assertThat(data.get("overviews").get(0).get("verdict").get("sentence").asText())
        .isEqualTo("There are no windows yet.");
  }

  @Test
  void binsOfAColumnAddUpToAllItsNumbers() throws IOException {
    History history = new History();
    history.add(input(0, 0, numbers("x", 0.9)));

    JsonNode shape =
        data(page(history, KEY)).get("columns").get(0).get("newest").get("distribution");

    assertThat(shape.get("type").asText()).isEqualTo("bins");
    double sum = 0;
    for (JsonNode share : shape.get("window")) {
      sum += share.doubleValue();
    }
    assertThat(sum).isBetween(1 - 1e-6, 1 + 1e-6);
    assertThat(shape.get("edges")).hasSize(shape.get("window").size() + 1);
  }

  @Test
  void aWindowWithTooManyValuesToCountIsNotDrawnAsIfItHadNone() throws IOException {
    History history = new History();
    history.add(input(0, 0, numbers("x", 0.05)));
    ColumnProfile reference = singleNumbers();
    ModelCard card =
        new ModelCard(
            "", List.of(), baseline(reference), SampleProfiles.BASELINE, Map.of("x", "mm"));
    StringWriter page = new StringWriter();

    new ReportPage(history, List.of(card), KEY, Instant.EPOCH).write(page);

    JsonNode column = data(page.toString()).get("columns").get(0);
    JsonNode shape = column.get("newest").get("distribution");
    assertThat(shape.get("type").asText()).isEqualTo("bins");
    assertThat(shape.get("window")).isNotEmpty();
    assertThat(shape.get("reference")).hasSameSizeAs(shape.get("window"));
    assertThat(column.get("unit").asText()).isEqualTo("mm");
  }

  @Test
  void segmentsThatHaveNoRoomAreLeftOutAndCounted() throws IOException {
    History history = new History();
    for (int i = 0; i < 30; i++) {
      history.add(
          SampleProfiles.record(
              ProfileKind.INPUT,
              SampleProfiles.MODEL,
              SampleProfiles.window(i == 0 ? "" : "segment " + i, 0, 0),
              RowCounts.of(12),
              numbers("x", 0.05)));
    }
    StringWriter page = new StringWriter();

    new ReportPage(history, List.of(), KEY, Instant.EPOCH, 20_000).write(page);

    JsonNode data = data(page.toString());
    int written = data.get("overviews").size();
    assertThat(written).isBetween(2, 20);
    assertThat(data.get("overviews").toString().length()).isLessThan(12_000);
    assertThat(data.get("segmentsLeftOut").intValue()).isEqualTo(30 - written);
    assertThat(data.get("segments").get("segments")).hasSize(30);
  }

  /** The grid of the window, with each number counted. */
  private static ColumnProfile singleNumbers() {
    ColumnProfile window = numbers("x", Double.NaN);
    return ColumnProfile.ofNumbers(
        "x",
        window.valueType(),
        0,
        window.numbers(),
        new Occurrences(Map.of("0.5", 1L, "9", 9L), false, Map.of()),
        Distinct.exactly(2));
  }

  private static DataProfile baseline(ColumnProfile column) {
    return new DataProfile(
        ProfileKind.BASELINE,
        SampleProfiles.MODEL,
        ProfiledWindow.none("UTC"),
        RowCounts.of(10),
        List.of(column),
        List.of(),
        List.of(),
        null,
        "test");
  }
}
