package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.Header;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageHeadersTest {
  private static Header[] headers(String... names) {
    return Arrays.stream(names).map(name -> new Header(name, new byte[10])).toArray(Header[]::new);
  }

  private static List<String> names(Header... headers) {
    return Arrays.stream(headers).map(Header::name).toList();
  }

  @Test
  void theValuesSchemaIdAndOwnNamesStayBehind() {
    Header[] given =
        headers(
            "a",
            "__value_schema_id",
            "sluice-dead-letter-reason",
            "sluice-truncated",
            "sluice-anything",
            "sluice-redriven",
            "__key_schema_id",
            "a",
            "traceparent",
            "sluice-redriven-count");
    assertThat(names(MessageHeaders.copied(given)))
        .containsExactly(
            "a", "sluice-redriven", "__key_schema_id", "a", "traceparent", "sluice-redriven-count");
  }

  @Test
  void nothingIsCopiedWhereAllGoOn() {
    Header[] given = headers("a", "traceparent");
    assertThat(MessageHeaders.copied(given)).isSameAs(given);
    assertThat(MessageHeaders.within(1_000, 0, given)).isSameAs(given);
  }

  @Test
  void theKeysSchemaTraceContextAndOwnNamesHaveRoomFirst() {
    Header[] given =
        headers(
            "aaaa",
            "bbbb",
            "tracestate",
            "cccc",
            "sluice-redriven",
            "traceparent",
            "__key_schema_id");
    long room =
        Arrays.stream(
                headers("tracestate", "sluice-redriven", "traceparent", "__key_schema_id", "aaaa"))
            .mapToLong(MessageSize::of)
            .sum();
    assertThat(names(MessageHeaders.within(room, 0, given)))
        .containsExactly("aaaa", "tracestate", "sluice-redriven", "traceparent", "__key_schema_id");
    assertThat(names(MessageHeaders.within(room - 1, 0, given)))
        .containsExactly("tracestate", "sluice-redriven", "traceparent", "__key_schema_id");
    assertThat(MessageHeaders.within(-1, 0, given)).isEmpty();
  }

  @Test
  void aSmallHeaderFitsBehindALargeOne() {
    Header[] given = {new Header("large", new byte[1000]), new Header("small", null)};
    assertThat(names(MessageHeaders.within(100, 0, given))).containsExactly("small");
  }
}
