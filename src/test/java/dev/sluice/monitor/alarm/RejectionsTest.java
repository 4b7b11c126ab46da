package dev.sluice.monitor.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionsTest {
  private static final Rejections RULE = new Rejections(0.25, 100);

  private static List<Finding> wrong(RowCounts counts) {
    DataProfile summary =
        new DataProfile(
            ProfileKind.INPUT,
            new ProfiledModel("m", "1", "aa"),
            new ProfiledWindow("bb", "", 0L, 1L, "PT1H", "UTC", 0),
            counts,
            List.of(),
            List.of(),
            List.of(),
            null,
            "sluice");
    List<Finding> wrong = new ArrayList<>();
    RULE.judge(summary, wrong, new ArrayList<>());
    return wrong;
  }

  @Test
  void malformedRecordsCountAsRejectedOnes() {
    assertThat(wrong(new RowCounts(90, 15, 0, 100, 10, 0, 0))).isEmpty();
    List<Finding> wrong = wrong(new RowCounts(89, 15, 0, 100, 11, 0, 0));
    assertThat(wrong).hasSize(1);
    assertThat(wrong.get(0).alarm().message())
        .startsWith("26 of 100 records were rejected or malformed (11), expected a share");
    assertThat(wrong.get(0).alarm().observed()).isEqualTo("0.2600");
    assertThat(wrong(new RowCounts(0, 0, 0, 99, 99, 0, 0))).as("too few").isEmpty();
    assertThat(wrong(new RowCounts(0, 0, 0, 100, 100, 0, 0))).hasSize(1);
  }
}
