package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.Season;
import dev.sluice.profile.build.TrainingRows.Row;
import dev.sluice.profile.file.DataProfileFile;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same rows make the same bytes, in whatever order, batches and memory they are added. */
class RowOrderTest {
  private static final PartOptions PARTS =
      new PartOptions("station", 4, Season.MONTH, ZoneId.of("Asia/Shanghai"));

  private static byte[] bytes(List<Row> rows, int batchSize, PartOptions options, Spill spill) {
    DataProfile profile = TrainingRows.baseline(rows, batchSize, options, spill);
    return DataProfileFile.toBytes(profile);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1024, 256",
    "2, 7, 100000, 100000",
    "3, 100, 4096, 1024",
    "4, 64, 100000, 600",
    "5, 3000, 1000000, 1000000",
    "6, 256, 20000, 100000"
  })
  void doesNotMatter(long seed, int batchSize, int memoryBytes, int chunkBytes) {
    List<Row> rows = TrainingRows.random(3000, 11);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));

    for (PartOptions options : List.of(PARTS, PartOptions.NONE)) {
      byte[] expected = bytes(rows, 250, options, new Spill());
      assertThat(bytes(shuffled, batchSize, options, new Spill(memoryBytes, chunkBytes)))
          .isEqualTo(expected);
    }
  }

  @Test
  void otherRowsMakeOtherBytes() {
    List<Row> rows = TrainingRows.random(500, 1);
    assertThat(bytes(rows.subList(0, 499), 100, PARTS, new Spill()))
        .isNotEqualTo(bytes(rows, 100, PARTS, new Spill()));
  }

  @Test
  void wholeIsTheSameWithoutParts() {
    List<Row> rows = TrainingRows.random(2000, 5);
    DataProfile with = TrainingRows.baseline(rows, 100, PARTS, new Spill(5000, 1000));
    DataProfile without =
        TrainingRows.baseline(
            rows,
            64,
            new PartOptions("", 4, Season.NONE, ZoneId.of("Asia/Shanghai")),
            new Spill(5000, 1000));
    assertThat(with.withParts(List.of())).isEqualTo(without);
  }
}
