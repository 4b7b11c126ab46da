package dev.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.RejectionCount;
import dev.sluice.record.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionsTest {
  private static RejectionCount nan(String producer, long count) {
    return new RejectionCount(Reason.NAN, producer, count);
  }

  @Test
  void thoseThatAreNotToldApartAreCountedTogether() {
    RejectionCount missing = new RejectionCount(Reason.MISSING, "a", 3);
    List<RejectionCount> all =
        List.of(nan("a", 1), nan("b", 9), missing, nan("other", 4), nan("c", 2));

    assertThat(Rejections.largest(all, 4))
        .containsExactly(nan("b", 9), missing, nan("c", 2), nan("a", 1), nan("other", 4));
    assertThat(Rejections.largest(all, 2)).containsExactly(nan("b", 9), missing, nan("other", 7));
    assertThat(Rejections.largest(all, 0))
        .containsExactlyInAnyOrder(
            nan("other", 16), new RejectionCount(Reason.MISSING, "other", 3));
    assertThat(Rejections.largest(List.of(), 2)).isEmpty();
  }
}
