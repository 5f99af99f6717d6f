package org.btrdb.cli.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MeasurementFileTest {
  @TempDir private Path dir;

  @Test
  void readsRowsWithEmptyCellsQuotesAndCarriageReturns() throws Exception {
    Path file = file("time,a,\"b, c\"\r\n0,1.5,\r\n\r\n\"1\",\" -2e-3 \",3\r\n");
    assertThat(read(file, ',', TimeForm.SECONDS))
        .containsExactly("[a, b, c]", "0 [1.5, NaN]", "1000000000 [-0.002, 3.0]");
  }

  @Test
  void readsOtherDelimitersAndAByteOrderMark() throws Exception {
    Path file = file("\ufefftime;x\n2016-07-01 00:00:00;1\n");
    assertThat(read(file, ';', null)).containsExactly("[x]", "1467331200000000000 [1.0]");
  }

  @Test
  void theFirstReadableRowDecidesTheUnitAndOthersAreRefused() throws Exception {
    Path file = file("t,x\nsoon,1\n1467331200000,1\n1467331200,1\n2016-07-01,1\n1467331200001,2\n");
    assertThat(read(file, ',', null))
        .containsExactly(
            "[x]",
            "line 2: column t: 'soon': not a time (ISO text)",
            "1467331200000000000 [1.0]",
            "line 4: column t: '1467331200': looks like seconds, earlier rows are milliseconds",
            "line 5: column t: '2016-07-01': not a time (milliseconds)",
            "1467331200001000000 [2.0]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "2016",
        "42552",
        "20160701",
        "99999999",
        "2016070112",
        "201607011230",
        "20160701123059"
      })
  void aUnitIsNotGuessedOfWhatMayBeSomethingElse(String time) throws Exception {
    Path file = file("t,x\n" + time + ",1\n1467331200,2\n");
    assertThatThrownBy(() -> read(file, ',', null))
        .isInstanceOf(NotCsv.class)
        .hasMessageContaining("m.csv line 2: column t: '" + time + "'")
        .hasMessageContaining("--time-unit");
    assertThat(read(file, ',', TimeForm.NANOS)).contains(time + " [1.0]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100000000", "-100000000", "1467331200", "2016139900", "100000000000"})
  void aUnitIsGuessedFromMarch1973On(String time) throws Exception {
    assertThat(read(file("t,x\n" + time + ",1\n"), ',', null))
        .hasSize(2)
        .last()
        .asString()
        .endsWith("[1.0]")
        .doesNotContain(":");
  }

  @Test
  void aSmallTimeAmongGuessedOnesIsRefused() throws Exception {
    assertThat(read(file("t,x\n1467331200,1\n7,2\n"), ',', null))
        .last()
        .asString()
        .startsWith("line 3: column t: '7': a time before March 1973 needs --time-unit");
  }

  @Test
  void aGivenUnitOverrulesTheMagnitude() throws Exception {
    Path file = file("t,x\n5,1\n1467331200000000000,1\n2016-07-01,1\n");
    assertThat(read(file, ',', TimeForm.NANOS))
        .containsExactly(
            "[x]",
            "5 [1.0]",
            "1467331200000000000 [1.0]",
            "line 4: column t: '2016-07-01': not a time (nanoseconds)");
  }

  @Test
  void refusesBrokenRowsWithLineColumnTextAndReason() throws Exception {
    Path file =
        file(
            """
            t,x,y
            1,abc,1
            2,1
            3,1,2,3
            4,1,NaN
            5,1e999,1
            6,1d,0x1p3
            ,1,1
            7,1,1,
            8,-.5,+1.
            9,1 2,1
            10,"two
            lines",1
            """);
    assertThat(read(file, ',', TimeForm.SECONDS))
        .containsExactly(
            "[x, y]",
            "line 2: column x: 'abc': not a finite number",
            "line 3: 2 cells, the header has 3",
            "line 4: 4 cells, the header has 3",
            "line 5: column y: 'NaN': not a finite number",
            "line 6: column x: '1e999': not a finite number",
            "line 7: column x: '1d': not a finite number",
            "line 8: column t: '': no time",
            "line 9: 4 cells, the header has 3",
            "8000000000 [-0.5, 1.0]",
            "line 11: column x: '1 2': not a finite number",
            "line 12: column x: 'two\ufffdlines': not a finite number");
  }

  @Test
  void refusesARowWithBytesThatAreNoText() throws Exception {
    StringBuilder rows = new StringBuilder("t,x\n");
    for (int i = 0; i < 10_000; i++) {
      rows.append(i).append(",1.25\n");
    }
    byte[] good = rows.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(good, good.length + 8);
    System.arraycopy(
        new byte[] {'1', ',', (byte) 0xc3, '\n', '2', ',', '7', '\n'}, 0, all, good.length, 8);
    Path file = Files.write(dir.resolve("m.csv"), all);
    List<String> read = read(file, ',', TimeForm.SECONDS);
    assertThat(read).hasSize(10_003);
    assertThat(read.subList(10_001, 10_003))
        .containsExactly("line 10002: column x: '\ufffd': not a finite number", "2000000000 [7.0]");
  }

  @Test
  void refusesWhatIsNoCsvOfMeasurements() throws Exception {
    assertNotCsv("", "empty, not even a header line");
    assertNotCsv("\n\n", "empty, not even a header line");
    assertNotCsv("just words\nmore words\n", " line 1: only one column when cut at ','");
    assertNotCsv("\n\ntime;a\n", " line 3: only one column when cut at ','");
    assertNotCsv("time,a,a\n", " line 1: two columns are named 'a'");
    assertNotCsv("time,a,\n", " line 1: column 3 has no name");
    assertNotCsv("time,a,\"b\n(V)\"\n", " line 1: column 3: 'b\ufffd(V)' has a line break");
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0};
    Path compressed = Files.write(dir.resolve("m.csv.gz"), gzip);
    assertThatThrownBy(() -> read(compressed, ',', null)).hasMessageContaining("gz: compressed");
    assertNotCsv("2016-07-01 00:00:00,1.5\n", " line 1: no header: '2016-07-01 00:00:00'");
    assertNotCsv("time,a\0\n", ": not a CSV file (binary, or not UTF-8)");
    Path latin1 = Files.write(dir.resolve("m.csv"), new byte[] {'t', ',', (byte) 0xe4, '\n'});
    assertThatThrownBy(() -> read(latin1, ',', null)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> read(dir, ',', null)).hasMessageContaining(": a directory");
    Path missing = dir.resolve("missing.csv");
    assertThatThrownBy(() -> read(missing, ',', null)).hasMessageContaining(": no such file");
  }

  @Test
  void anUnclosedQuoteEndsInOneRefusal() throws Exception {
    Path file = file("t,x\n1,\"2\n3,4\n5,6\n");
    assertThat(read(file, ',', TimeForm.SECONDS))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("line 2: ");
  }

  private void assertNotCsv(String text, String message) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> read(file, ',', null))
        .isInstanceOf(NotCsv.class)
        .hasMessageContaining("m.csv")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(dir.resolve("m.csv"), text);
  }

  private static List<String> read(Path file, char delimiter, @Nullable TimeForm form)
      throws Exception {
    List<String> read = new ArrayList<>();
    try (MeasurementFile csv = MeasurementFile.open(file, delimiter, form)) {
      read.add(csv.valueColumns().toString());
      double[] values = new double[csv.valueColumns().size()];
      for (CsvRecord row = csv.next(); row != null; row = csv.next()) {
        try {
          long nanos = csv.read(row, values);
          read.add(nanos + " " + Arrays.toString(values));
        } catch (RefusedCell e) {
          read.add(
              String.format(
                  Locale.ROOT, "line %d: %s", row.getStartingLineNumber(), e.getMessage()));
        }
      }
    }
    return read;
  }
}
