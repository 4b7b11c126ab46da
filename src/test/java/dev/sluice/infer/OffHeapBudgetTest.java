package dev.sluice.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class OffHeapBudgetTest {
  private static final long MEBIBYTE = 1 << 20;

  @Test
  void isWhatTheTaskManagerWasStartedWith() {
    assertThat(budget("64m", "128m", "4")).isEqualTo(new OffHeapBudget(192 * MEBIBYTE, 4));
  }

  @Test
  void nothingSetIsNoLimit() {
    OffHeapBudget budget = OffHeapBudget.of(new Configuration());

    assertThat(budget).isEqualTo(OffHeapBudget.unlimited());
    assertThatCode(() -> budget.requireDirect("m", Long.MAX_VALUE)).doesNotThrowAnyException();
    assertThat(budget.warning("m", Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void buffersThatDoNotFitNameTheValueToSet() {
    OffHeapBudget budget = budget("64m", "128m", "4");

    assertThatCode(() -> budget.requireDirect("m", 48 * MEBIBYTE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> budget.requireDirect("m", 48 * MEBIBYTE + 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "m: direct buffers take 49 mb in each of 4 slots, but the task manager grants 192 mb outside the heap; set taskmanager.memory.task.off-heap.size to at least 193 mb, or make batch.max-rows smaller");
    assertThat(budget.warning("m", 48 * MEBIBYTE)).isEmpty();
    assertThat(budget.warning("m", 100 * MEBIBYTE).orElseThrow())
        .endsWith("set taskmanager.memory.task.off-heap.size to at least 400 mb");
  }

  private static OffHeapBudget budget(String tasks, String framework, String slots) {
    return OffHeapBudget.of(
        Configuration.fromMap(
            Map.of(
                "taskmanager.memory.task.off-heap.size", tasks,
                "taskmanager.memory.framework.off-heap.size", framework,
                "taskmanager.numberOfTaskSlots", slots)));
  }
}
