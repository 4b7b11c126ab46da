package dev.sluice.profile.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.SizeSummary;
import dev.sluice.record.ElementType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArraySizesTest {
  private static NumberStatistics ofArrays(int... sizes) {
    NumberStatistics statistics = new NumberStatistics(Grid.universal(), 20);
    for (int size : sizes) {
      statistics.sizes().add(size);
      statistics.add(new double[size], size);
    }
    return statistics;
  }

  private static ColumnProfile profile(ColumnStatistics statistics) {
    return statistics.toProfile("x", ElementType.DOUBLE, List.of());
  }

  private static byte[] write(ColumnStatistics statistics) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    statistics.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ColumnStatistics read(byte[] bytes) throws IOException {
    return ColumnStatistics.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  @Test
  void countsArraysAndTheirElements() {
    ColumnProfile profile = profile(ofArrays(3, 0, 2));
    assertThat(profile.sizes()).isEqualTo(new SizeSummary(3, 0, 3));
    assertThat(profile.meanSize()).isEqualTo(5 / 3.0);
  }

  @Test
  void emptyArraysAreArrays() {
    ColumnProfile profile = profile(ofArrays(0));
    assertThat(profile.sizes()).isEqualTo(new SizeSummary(1, 0, 0));
    assertThat(profile.meanSize()).isZero();
  }

  @Test
  void missingArraysAreNone() {
    NumberStatistics statistics = ofArrays();
    statistics.addMissing(1);
    statistics.sizes().add(7, 0);
    assertThat(profile(statistics).sizes()).isEqualTo(SizeSummary.NONE);
    assertThat(profile(statistics).meanSize()).isNull();
  }

  @Test
  void mergingInAnyOrderGivesTheSameBytes() throws IOException {
    Random random = new Random(5);
    List<Integer> sizes = new ArrayList<>(random.ints(60, 0, 9).boxed().toList());
    byte[] expected = write(ofArrays(sizes.stream().mapToInt(Integer::intValue).toArray()));
    for (int order = 0; order < 20; order++) {
      Collections.shuffle(sizes, random);
      ColumnStatistics merged = ofArrays();
      for (int from = 0; from < sizes.size(); ) {
        int to = Math.min(sizes.size(), from + 1 + random.nextInt(20));
        int[] some = sizes.subList(from, to).stream().mapToInt(Integer::intValue).toArray();
        merged.merge(ofArrays(some));
        from = to;
      }
      assertThat(write(merged)).isEqualTo(expected);
    }
  }

  @Test
  void readsWhatItWrote() throws IOException {
    for (ColumnStatistics statistics :
        List.of(ofArrays(), ofArrays(0), ofArrays(4, 1), ofTexts(1000))) {
      assertThat(read(write(statistics))).isEqualTo(statistics);
    }
    assertThat(ofArrays(4, 1).copy()).isEqualTo(ofArrays(1, 4)).isNotEqualTo(ofArrays(2, 3));
  }

  private static TextStatistics ofTexts(int size) {
    TextStatistics texts = new TextStatistics(10);
    texts.sizes().add(size);
    return texts;
  }

  @Test
  void sizesBeyondWhatAnArrayCanHaveAreRefused() {
    byte[] bytes = {3, 0, 0, 1, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8, 1};
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("smallest array's size is 2147483648, expected 0 to 2147483647");
  }

  @Test
  void aSummaryHasSizesJustWhereThereAreArrays() {
    assertThatThrownBy(() -> new SizeSummary(0, 1, 1))
        .hasMessage("sizes of 0 arrays are 1 to 1, expected none");
    assertThatThrownBy(() -> new SizeSummary(2, 1, null))
        .hasMessage("sizes of 2 arrays are 1 to null, expected numbers");
  }
}
