package dev.sluice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.DeliveryOptions;
import dev.sluice.config.Guarantee;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TransactionalIdsTest {
  private static String prefix(String prefix, String topic) {
    return Sinks.transactionalIdPrefix(
        new DeliveryOptions(Guarantee.EXACTLY_ONCE, prefix, Duration.ofMinutes(1)), topic);
  }

  @Test
  void noTwoSinksShareAnId() {
    Set<String> ids = new HashSet<>();
    int made = 0;
    for (String job : List.of("a", "a-b", "a-0", "a:b", "a:b-0")) {
      for (String topic : List.of("b-c", "c", "b", "b-0", "0", "0-1")) {
        for (String ofFlink : List.of("-0-1", "-1-1")) { // subtask and number
          ids.add(prefix(job, topic) + ofFlink);
          made++;
        }
      }
    }
    assertThat(ids).hasSize(made);
  }

  @Test
  void aPatternOfAPrefixMatchesNothingElse() {
    for (String prefix : List.of("a.b", "a+b*", "team (x)|y", "\\E\\Q", "größe-€:", "[^a]{2}$")) {
      Pattern pattern = Pattern.compile(DeliveryCheck.quoted(prefix) + ".*");
      assertThat(pattern.matcher(prefix + ":t-0-1").matches()).as(prefix).isTrue();
      assertThat(pattern.matcher("axb:t-0-1").matches()).as(prefix).isFalse();
    }
  }
}
