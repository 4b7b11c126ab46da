package dev.sluice.profile.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.DataSet;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfilePart;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.profile.RowCounts;
import dev.sluice.profile.WindowFindings;
import dev.sluice.profile.statistics.Grid;
import dev.sluice.profile.statistics.NumberStatistics;
import dev.sluice.profile.statistics.TextStatistics;
import dev.sluice.record.ElementType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsJsonTest {
  private static List<ColumnProfile> columns(double[] numbers, String... texts) {
    NumberStatistics t = new NumberStatistics(Grid.of(0.0, 1.5), 20);
    t.add(numbers, numbers.length);
    TextStatistics wd = new TextStatistics(1000);
    List.of(texts).forEach(wd::add);
    return List.of(
        t.toProfile("t", ElementType.FLOAT, List.of(1.5)),
        wd.toProfile("wd", ElementType.STRING, List.of()));
  }

  private static DataProfile profile() {
    List<ColumnProfile> a = columns(new double[] {1, 2}, "N", "S");
    List<ColumnProfile> b = columns(new double[] {7}, "N");
    List<ColumnProfile> whole = columns(new double[] {1, 2, 7}, "N", "S", "N");
    return new DataProfile(
        1,
        ProfileKind.BASELINE,
        new ProfiledModel("m", "1", "aa"),
        ProfiledWindow.none("UTC"),
        RowCounts.of(3),
        whole,
        List.of(),
        List.of(),
        new DataSet("d", "cc", 3, 1L, 2L),
        "test",
        WindowFindings.NONE,
        List.of(
            new ProfilePart(PartKind.SEGMENT, "wd", "", 2, a, List.of()),
            new ProfilePart(PartKind.SEGMENT, "wd", "b", 1, b, List.of()),
            new ProfilePart(PartKind.SEASON, "", "MON 00", 3, whole, List.of())));
  }

  private static String text() {
    return new String(DataProfileFile.toBytes(profile()), StandardCharsets.UTF_8);
  }

  private static DataProfile read(String json) throws IOException {
    return DataProfileFile.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "p.json");
  }

  @Test
  void whatAJobKeepsNeedNotHaveAllParts() throws Exception {
    DataProfile some = profile().withParts(profile().parts().subList(1, 2));
    byte[] bytes = DataProfileFile.toBytes(some);
    assertThat(DataProfileFile.readSome(new ByteArrayInputStream(bytes), "p.json")).isEqualTo(some);
  }

  @Test
  void whatAJobKeepsMayBeLargerThanAFile() throws Exception {
    byte[] bytes = DataProfileFile.toBytes(profile());
    byte[] large = Arrays.copyOf(bytes, DataProfileFile.MAX_BYTES + 1);
    Arrays.fill(large, bytes.length, large.length, (byte) ' ');
    assertThat(DataProfileFile.readSome(new ByteArrayInputStream(large), "p.json"))
        .isEqualTo(profile());
    assertThatThrownBy(() -> DataProfileFile.read(new ByteArrayInputStream(large), "p.json"))
        .hasMessage("p.json: the file has more bytes than expected, at most 67108864");
  }

  @Test
  void refusesSeasonsOfTwoCycles() {
    List<ColumnProfile> some = columns(new double[] {1, 2}, "N", "S");
    List<ColumnProfile> others = columns(new double[] {7}, "N");
    DataProfile mixed =
        profile()
            .withParts(
                List.of(
                    new ProfilePart(PartKind.SEASON, "", "MON 00", 2, some, List.of()),
                    new ProfilePart(PartKind.SEASON, "", "01", 1, others, List.of())));
    String json = new String(DataProfileFile.toBytes(mixed), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataProfileException.class)
        .hasMessage(
            "p.json: parts of kind SEASON: value is 01, expected all of them months, or all hours of"
                + " the week; the first is MON 00");
  }

  @Test
  void refusesSeasonsOfATimeZoneThatIsNone() throws IOException {
    String json = text().replace("\"UTC\"", "\"Nowhere/At\"");
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(DataProfileException.class)
        .hasMessage("p.json: timeZone is Nowhere/At, expected a time zone such as Asia/Shanghai");
    for (String zone : List.of("", "+08:00", "Europe/Berlin")) {
      assertThat(read(text().replace("\"UTC\"", '"' + zone + '"')).window().timeZone())
          .isEqualTo(zone);
    }
  }

  @Test
  void whatIsOfTheWholeIsWrittenOnce() throws IOException {
    assertThat(read(text())).isEqualTo(profile());
    assertThat(text()).containsOnlyOnce("gridEdges").containsOnlyOnce("scaleExponent");
    assertThat(text().split("expectations", -1)).hasSize(3);
  }

  @Test
  void olderFilesDoNotSayWhichFieldTheSegmentsAreOf() throws IOException {
    String older = text().replaceAll("\"field\": \"wd\",\\s+", "");
    assertThat(older).isNotEqualTo(text());
    assertThat(read(older).parts()).extracting(ProfilePart::field).containsOnly("");
    assertThat(read(text()).parts()).extracting(ProfilePart::field).containsExactly("wd", "wd", "");
  }

  @Test
  void aProfileWithoutPartsSaysNothingOfThem() {
    byte[] bytes = DataProfileFile.toBytes(profile().withParts(List.of()));
    assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("parts");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'value': 'b' | 'value': '' | parts of kind SEGMENT: value is , expected a value that is not",
        "'MON 00' | 'MON 24' | parts of kind SEASON: value is MON 24, expected 01 to 12 or MON 00",
        "'b',~'rows': 1 | 'b','rows': 2"
            + " | parts of kind SEGMENT: rows is 4 for all together, expected 3, as in the whole",
        "'b',~'rows': 1 | 'b','rows': 0 | parts[1]: rows is 0, expected at least 1",
        "[0, 0, 1] | [0, 1, 0] | parts[1].columns[0].min is 7.0, expected a number of bin 1, the",
        "'sum': '7340032' | 'sum': '7' | parts[1].columns[0].mean is 7.0, expected 6.6",
        "'N': 1~} | 'W': 1} | columns[1].values is with W, expected only values of the whole",
        "'name': 't',~'rows': 1 | 'name': 'u','rows': 1"
            + " | parts[1].columns[0].name is u, expected t, as in the whole",
        "'name': 't',~'rows': 1 | 'name': 't','gridEdges': [1],'rows': 1"
            + " | parts[1].columns[0].gridEdges is there, expected that of the whole alone",
        "'outputs': [] | 'outputs': [{}] | parts[0].outputs is longer, expected 0 long, like that",
        "'field': 'wd' | 'field': 'ws' | parts[0].field is ws, expected a column of the profile",
        "'kind': 'SEASON' | 'kind': 'SEASON','field': 'wd' | parts[2]: field is wd, expected none",
        "'kind': 'SEASON' | 'kind': 'MONTH' | parts[2].kind is MONTH, expected one of SEGMENT",
      })
  void refusesPartsThatDoNotFit(String from, String to, String message) {
    String good = text();
    int parts = good.indexOf("\"parts\"");
    String pattern = Pattern.quote(from.replace('\'', '"')).replace("~", "\\E\\s+\\Q");
    String replaced = Matcher.quoteReplacement(to.replace('\'', '"'));
    String bad = good.substring(0, parts) + good.substring(parts).replaceFirst(pattern, replaced);
    assertThat(bad).isNotEqualTo(good);
    assertThatThrownBy(() -> read(bad))
        .isInstanceOf(DataProfileException.class)
        .hasMessageStartingWith("p.json: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.25 | columns[0].gridCounts[1] is 2 for all together, expected 1, as in the whole",
        "8.0 | columns[0].sum is 11534336 for all together, expected 10485760, as in the",
      })
  void refusesPartsThatDoNotAddUp(double number, String message) {
    List<ProfilePart> parts = new ArrayList<>(profile().parts());
    parts.set(
        1,
        new ProfilePart(
            PartKind.SEGMENT, "wd", "b", 1, columns(new double[] {number}, "N"), List.of()));
    byte[] bytes = DataProfileFile.toBytes(profile().withParts(parts));
    assertThatThrownBy(() -> read(new String(bytes, StandardCharsets.UTF_8)))
        .hasMessageContaining(message);
  }
}
