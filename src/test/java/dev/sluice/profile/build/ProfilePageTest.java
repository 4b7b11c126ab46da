package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.Quantile;
import dev.sluice.profile.Season;
import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the data profile names every key of a written one. */
class ProfilePageTest {
  private static final Path PAGE = Path.of("src/site/markdown/data-profile.md");

  /** Objects whose keys are values of the data. */
  private static final Set<String> OF_DATA = Set.of("values", "commonValues");

  @TempDir Path directory;

  @Test
  void namesEveryKey() throws IOException {
    DataProfile profile =
        TrainingRows.baseline(
            TrainingRows.random(2000, 3),
            100,
            new PartOptions("station", 3, Season.MONTH, ZoneId.of("UTC")),
            new Spill());
    DataSet data = profile.dataSet();
    profile =
        profile.withDataSet(
            new DataSet(
                data.name(),
                data.sha256(),
                data.rows(),
                data.firstEventTime(),
                data.lastEventTime(),
                "git"));
    Path file = directory.resolve("p.json");
    DataProfileFile.write(profile, file);
    Set<String> keys = new TreeSet<>();
    collect(new ObjectMapper().readTree(file.toFile()), keys);

    assertThat(keys).contains("rows", "massCounts", "meanLength", "commonValues", "parts", "p50");
    String page = Files.readString(PAGE);
    String section =
        page.substring(page.indexOf("## What it holds"), page.indexOf("## What is expected"));
    assertThat(keys.stream().filter(key -> !page.contains("`" + key + "`"))).isEmpty();
    assertThat(List.of("rows", "gridEdges", "codePointer"))
        .allMatch(k -> section.contains("`" + k + "`"));
    assertThat(Quantile.PUBLISHED.keySet()).allMatch(k -> section.contains("`" + k + "`"));
  }

  private static void collect(JsonNode node, Set<String> keys) {
    node.properties()
        .forEach(
            field -> {
              keys.add(field.getKey());
              if (!OF_DATA.contains(field.getKey())) {
                collect(field.getValue(), keys);
              }
            });
    if (node.isArray()) {
      node.forEach(element -> collect(element, keys));
    }
  }
}
