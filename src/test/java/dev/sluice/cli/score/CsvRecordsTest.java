package dev.sluice.cli.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRecordsTest {
  private static final String[] PIECES = {
    "a",
    "1.5",
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\r",
    " ",
    "ä",
    "\ud83d\ude00",
    "long cell",
    "\"",
    "\"\""
  };
  private static final int PLAIN_PIECES = PIECES.length - 2;

  /** What FastCSV alone reads is what is expected. */
  private static List<String> expected(byte[] bytes) {
    CsvReader<CsvCells> reader =
        CsvReader.builder()
            .detectBomHeader(true)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .build(new CsvCells(), new ByteArrayInputStream(bytes), UTF_8);
    Iterator<CsvCells> rows = reader.iterator();
    return shown(() -> rows.hasNext() ? rows.next() : null);
  }

  private static List<String> actual(byte[] bytes, int maxPlainRow) throws IOException {
    CsvRecords records = new CsvRecords(new ByteArrayInputStream(bytes), maxPlainRow);
    return shown(records::next);
  }

  private static List<String> shown(Supplier<CsvCells> rows) {
    List<String> shown = new ArrayList<>();
    try {
      for (CsvCells row = rows.get(); row != null; row = rows.get()) {
        shown.add(row.line() + (row.isBlank() ? " blank " : " ") + row.texts());
      }
    } catch (CsvParseException e) {
      shown.add(e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
    }
    return shown;
  }

  private static void isRead(String text, int maxPlainRow) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(actual(bytes, maxPlainRow)).as(text).isEqualTo(expected(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "a",
        "a,b\n1,2\n",
        "a,b\r1,2\r",
        "a,b\r\n1,2\r\n",
        "a,\n,\n",
        "a,b\n1,2,",
        "a\n\n\n1\n\n",
        "\ufeffa,b\n1,2\n",
        "a,b\n1,2\n\"3\n,\",4\n5,6\n",
        "a,b\n1,x\"y\n",
        "a,b\n1,2\n\n\"3\"4,5\n",
        "a,b\n1,2\n\"3",
        "a,b\n1,2\n1234567890123456789012345678901234567890,2\n3,4\n"
      })
  void rowsAreThoseOfTheLibrary(String text) throws IOException {
    isRead(text, 1);
    isRead(text, 16);
    isRead(text, 1 << 15);
  }

  @Test
  void soAreThoseOfManyTexts() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int bound = i % 2 == 0 ? PIECES.length : PLAIN_PIECES;
      for (int length = random.nextInt(60); length > 0; length--) {
        text.append(PIECES[random.nextInt(bound)]);
      }
      isRead(text.toString(), 1 + random.nextInt(40));
    }
  }

  @Test
  void bytesThatAreNoTextAreReplacedAlike() throws IOException {
    byte[] bytes = {'a', ',', (byte) 0xC3, '\n', (byte) 0x80, ',', 'b', '\n', (byte) 0xE2};
    assertThat(actual(bytes, 16)).isEqualTo(expected(bytes)).hasSize(3);
  }

  @Test
  void tooManyCellsAreRefusedAlike() throws IOException {
    isRead("a,b\n1,2\n" + ",".repeat(20_000) + "\n", 1 << 15);
    assertThat(actual(("a\n" + ",".repeat(20_000)).getBytes(UTF_8), 1 << 15).get(1))
        .contains("line 2 has surpassed the maximum limit of 16384 fields");
  }
}
