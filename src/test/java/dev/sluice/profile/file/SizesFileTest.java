package dev.sluice.profile.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.Baselines;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.record.ElementType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sizes of arrays in a profile's file. */
class SizesFileTest {
  /** Arrays of 1, 4 and 2 elements, and a missing one. */
  private static ColumnProfile column() {
    NumberStatistics numbers = new NumberStatistics(Grid.of(0.0, 4.0), 20);
    for (int size : new int[] {1, 4, 2}) {
      numbers.sizes().add(size);
      numbers.add(new double[] {1, 2, 3, 4}, size);
    }
    numbers.addMissing(1);
    return numbers.toProfile("x", ElementType.FLOAT, List.of());
  }

  private static String text(ColumnProfile column) {
    DataProfile profile = Baselines.of(List.of(column));
    return new String(DataProfileFile.toBytes(profile), StandardCharsets.UTF_8);
  }

  private static DataProfile read(String json) throws IOException {
    return DataProfileFile.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "p.json");
  }

  @Test
  void readsWhatItWrote() throws IOException {
    assertThat(text(column()))
        .contains("\"arrays\": 3", "\"minSize\": 1", "\"maxSize\": 4", "\"meanSize\": 2.33");
    assertThat(read(text(column())).columns()).containsExactly(column());
  }

  @Test
  void singleValuesHaveNone() throws IOException {
    ColumnProfile single = column().withSizes(SizeSummary.NONE);
    assertThat(text(single)).doesNotContain("Size", "arrays");
    assertThat(read(text(single)).columns()).containsExactly(single);
  }

  @Test
  void sizesNeedNotHaveAMean() throws IOException {
    String json = text(column()).replaceAll(" *\"meanSize\": [^\n]*\n", "");
    assertThat(read(json).columns()).containsExactly(column());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"arrays\": 3 | \"arrays\": -1 | columns[0].arrays is -1, expected an integer from 0 to",
        "\"arrays\": 3, | ' ' | columns[0].minSize and maxSize is 1 and 4, expected none, since",
        "\"arrays\": 3 | \"arrays\": 0 | columns[0].minSize and maxSize is 1 and 4, expected none",
        "\"minSize\": 1, | ' ' | columns[0].minSize and maxSize is null and 4, expected numbers",
        "\"minSize\": 1 | \"minSize\": 5 | columns[0].minSize is 5, expected at most maxSize 4",
        "\"arrays\": 3 | \"arrays\": 1 | columns[0].minSize is 1, expected as maxSize 4",
        "\"arrays\": 3 | \"arrays\": 5 | columns[0].arrays is 5, expected as many as have 7 elements",
        "\"minSize\": 1 | \"minSize\": 2 | columns[0].arrays is 3, expected as many as have 7 elements",
        "\"maxSize\": 4 | \"maxSize\": 2 | columns[0].arrays is 3, expected as many as have 7 elements",
        "\"maxSize\": 4 | \"maxSize\": 6 | columns[0].arrays is 3, expected as many as have 7 elements",
        "\"arrays\": 3 | \"arrays\": 2 | columns[0].arrays is 2, expected as many as have 7 elements",
        "\"meanSize\": 2.33 | \"meanSize\": 1.33 | columns[0].meanSize is 1.33",
        "\"maxSize\": 4 | \"maxSize\": 4294967300 | columns[0].maxSize is 4294967300, expected an",
      })
  void whatDoesNotAgreeIsRefused(String good, String bad, String message) {
    assertThat(text(column())).contains(good);
    String json = text(column()).replace(good, bad);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataProfileException.class)
        .hasMessageContaining(message);
  }
}
