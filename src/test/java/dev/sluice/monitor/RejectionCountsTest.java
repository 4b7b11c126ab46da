package dev.sluice.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.RejectionCount;
import dev.sluice.record.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RejectionCountsTest {
  private record Rejection(Reason reason, String producer) {}

  /** More producers than are told apart, so that names are dropped on the way. */
  @Test
  void theSameWhateverTheOrderAndTheParts() throws Exception {
    Random random = new Random(11);
    List<Rejection> rejections = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      int producer = (int) (3000 * Math.pow(random.nextDouble(), 3));
      rejections.add(
          new Rejection(random.nextInt(3) == 0 ? Reason.NAN : Reason.MISSING, "p" + producer));
    }
    List<RejectionCount> expected = counted(rejections, 1).published();
    assertThat(expected.stream().mapToLong(RejectionCount::count).sum()).isEqualTo(20_000);
    assertThat(expected.stream().map(RejectionCount::producer).distinct()).hasSize(101);
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(rejections, new Random(round));
      assertThat(counted(rejections, 1 + 7 * round).published()).isEqualTo(expected);
    }
  }

  private static RejectionCounts counted(List<Rejection> rejections, int parts) throws Exception {
    RejectionCounts all = new RejectionCounts();
    for (int part = 0; part < parts; part++) {
      RejectionCounts counts = new RejectionCounts();
      for (int i = part; i < rejections.size(); i += parts) {
        counts.add(rejections.get(i).reason, rejections.get(i).producer);
      }
      DataOutputSerializer out = new DataOutputSerializer(64);
      counts.write(out);
      all.merge(RejectionCounts.read(new DataInputDeserializer(out.getCopyOfBuffer())));
    }
    return all;
  }

  @Test
  void longNamesAreOneWhereTheyWouldNotFit() {
    RejectionCounts counts = new RejectionCounts();
    Reason[] reasons = Reason.values();
    for (int producer = 0; producer < RejectionCounts.MAX_PUBLISHED; producer++) {
      for (int i = 0; i < reasons.length * (200 - producer); i++) {
        counts.add(reasons[i % reasons.length], producer + "\uD83D\uDE00".repeat(97));
      }
    }
    List<RejectionCount> published = counts.published();
    long bytes =
        published.stream()
            .mapToLong(
                count ->
                    count.producer().getBytes(StandardCharsets.UTF_8).length
                        + count.reason().name().length()
                        + 12)
            .sum();
    assertThat(bytes)
        .isBetween(
            RejectionCounts.MAX_PUBLISHED_BYTES / 2L, RejectionCounts.MAX_PUBLISHED_BYTES + 2048L);
    assertThat(published).filteredOn(c -> c.producer().startsWith("0")).hasSize(reasons.length);
    assertThat(published).filteredOn(c -> c.producer().equals("other")).hasSize(reasons.length);
    assertThat(published.stream().mapToLong(RejectionCount::count).sum())
        .isEqualTo(reasons.length * (200L * 100 - 99 * 50));
  }

  @Test
  void whoIsToldApartIsCountedExactly() {
    RejectionCounts counts = new RejectionCounts();
    for (int i = 2 * RejectionCounts.MAX_NAMED; i > 0; i--) {
      counts.add(Reason.NAN, "p%05d".formatted(i));
      counts.add(Reason.NAN, "a");
    }
    List<RejectionCount> published = counts.published();
    long named = RejectionCounts.MAX_PUBLISHED;
    assertThat(published.get(0))
        .isEqualTo(new RejectionCount(Reason.NAN, "a", 2L * RejectionCounts.MAX_NAMED));
    assertThat(published.get(1))
        .isEqualTo(
            new RejectionCount(
                Reason.NAN, RejectionCount.OTHERS, 2L * RejectionCounts.MAX_NAMED - named + 1));
    assertThat(published.get(2)).isEqualTo(new RejectionCount(Reason.NAN, "p00001", 1));
  }
}
