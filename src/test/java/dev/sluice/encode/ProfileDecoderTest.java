package dev.sluice.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.avro.Drift;
import dev.sluice.avro.ProfiledColumn;
import dev.sluice.profile.ColumnDrift;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DriftMetric;
import dev.sluice.profile.DriftVerdict;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.TextSummary;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.io.IOException;
import java.util.List;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a topic of profiles holds may come from anybody. */
class ProfileDecoderTest {
  private dev.sluice.avro.DataProfile record;
  private ProfiledColumn column;

  @BeforeEach
  void writeAProfile() throws IOException {
    TextStatistics texts = new TextStatistics(10);
    texts.add("NNE");
    texts.add("");
    texts.addMissing(1);
    DataProfile profile =
        new DataProfile(
            ProfileKind.INPUT,
            new ProfiledModel("pm25", "3", "aa"),
            new ProfiledWindow("bb", "", 0L, 3_600_000L, "PT1H", "UTC", 0, false),
            new RowCounts(3, 0, 0, 3, 0, 3, 0),
            List.of(texts.toProfile("wd", ElementType.STRING, List.of())),
            List.of(),
            List.of(),
            null,
            "test");
    byte[] bytes = new ProfileEncoder().map(profile).value();
    record =
        new SpecificDatumReader<>(dev.sluice.avro.DataProfile.class)
            .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    column = record.getColumns().get(0);
  }

  @Test
  void textsAreReadAsTheyWereWritten() {
    assertThat(ProfileDecoder.decode(record).columns().get(0).texts())
        .isEqualTo(new TextSummary(0, 3, 3));
  }

  @Test
  void textsWithoutALengthAreRefusedInOneLine() {
    column.setMeanLength(null);
    assertThatThrownBy(() -> ProfileDecoder.decode(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "column wd has 2 texts of minLength 0, maxLength 3 and meanLength null, expected a"
                + " number each");
  }

  @Test
  void distancesThatAreNotFiniteAreLeftOut() {
    ColumnDrift drift =
        new ColumnDrift(
            "psi",
            0.3,
            0.1,
            0,
            DriftVerdict.DRIFT,
            "baseline",
            100,
            null,
            List.of(
                new DriftMetric("psi", 0.3, 0),
                new DriftMetric("wasserstein_1", 2, 0),
                new DriftMetric("wasserstein_1_normed", 2, 0)),
            List.of());
    Drift written = DriftEncoder.encode(drift);
    written.getMetrics().get(1).setErrorBound(Double.POSITIVE_INFINITY);
    written.getMetrics().get(2).setValue(Double.POSITIVE_INFINITY);
    column.setDrift(written);
    assertThat(ProfileDecoder.decode(record).columns().get(0).drift().metrics())
        .containsExactly(new DriftMetric("psi", 0.3, 0));
  }

  @Test
  void noTextsHaveNoLength() {
    column.setMissing(column.getCount());
    column.setMeanLength(null);
    assertThat(ProfileDecoder.decode(record).columns().get(0).texts()).isEqualTo(TextSummary.NONE);
  }
}
