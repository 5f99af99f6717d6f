package org.btrdb.cli.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file whose first line names its columns and whose first column is time; read once, front to
 * back, in bounded memory.
 */
public final class MeasurementFile implements AutoCloseable {
  private static final int SNIFFED_BYTES = 1 << 16;
  private static final int BOM = 0xFEFF;

  private final String file;
  private final CountedInput input;
  private final CloseableIterator<CsvRecord> records;
  private final String timeColumn;
  private final List<String> valueColumns;
  private @Nullable TimeForm timeForm;
  private final boolean timeFormGiven;

  private MeasurementFile(
      String file,
      CountedInput input,
      CloseableIterator<CsvRecord> records,
      List<String> header,
      @Nullable TimeForm timeForm) {
    this.file = file;
    this.input = input;
    this.records = records;
    // Data frames leave the name of their index empty.
    this.timeColumn = header.get(0).isEmpty() ? "1" : header.get(0);
    this.valueColumns = List.copyOf(header.subList(1, header.size()));
    this.timeForm = timeForm;
    this.timeFormGiven = timeForm != null;
  }

  /**
   * Opens a file and checks its header.
   *
   * @param timeForm how times are written; null to let the first row decide
   * @throws NotCsv if it cannot be such a file
   */
  public static MeasurementFile open(Path file, char delimiter, @Nullable TimeForm timeForm)
      throws NotCsv, IOException {
    if (Files.isDirectory(file)) {
      throw new NotCsv(file + ": a directory, not a CSV file");
    }
    InputStream in;
    try {
      in = Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new NotCsv(file + ": no such file", e);
    }
    return of(file.toString(), in, delimiter, timeForm);
  }

  /**
   * The same of an input, which is closed with it.
   *
   * @param name what messages call it
   */
  public static MeasurementFile of(
      String name, InputStream in, char delimiter, @Nullable TimeForm timeForm)
      throws NotCsv, IOException {
    CountedInput input = new CountedInput(in);
    try {
      InputStream text = checkedText(name, input);
      CloseableIterator<CsvRecord> records =
          CsvReader.builder()
              .fieldSeparator(delimiter)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .ofCsvRecord(new InputStreamReader(text, replacingDecoder()))
              .iterator();
      return new MeasurementFile(name, input, records, header(name, records, delimiter), timeForm);
    } catch (NotCsv | IOException | RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /** The columns after the first, in the file's order. */
  public List<String> valueColumns() {
    return valueColumns;
  }

  /** How the file writes times; null before the first row that decides it. */
  public @Nullable TimeForm timeForm() {
    return timeForm;
  }

  /** Bytes taken from the file so far, for progress. */
  public long bytesRead() {
    return input.count();
  }

  /**
   * The next row, null after the last.
   *
   * @throws NotCsv if the text has no rows from here on, such as an endless quoted cell
   */
  public @Nullable CsvRecord next() throws NotCsv, IOException {
    return next(file, records);
  }

  /**
   * Reads a row's time and values.
   *
   * @param values receives one value for each value column, NaN where the cell is empty
   * @return the time in nanoseconds
   * @throws RefusedCell if any of it cannot be stored
   * @throws NotCsv if it cannot be told what its times are
   */
  public long read(CsvRecord row, double[] values) throws RefusedCell, NotCsv {
    if (row.getFieldCount() != valueColumns.size() + 1) {
      throw RefusedCell.ofRow(row.getFieldCount(), valueColumns.size() + 1);
    }
    long nanos = timeOf(row, row.getField(0).strip());
    for (int i = 0; i < values.length; i++) {
      String cell = row.getField(i + 1);
      values[i] = cell.isBlank() ? Double.NaN : Numbers.parse(valueColumns.get(i), cell.strip());
    }
    return nanos;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  private long timeOf(CsvRecord row, String text) throws RefusedCell, NotCsv {
    if (text.isEmpty()) {
      throw RefusedCell.of(timeColumn, text, "no time");
    }
    TimeForm form = timeForm;
    if (timeFormGiven && form != null) {
      return form.nanosOf(timeColumn, text);
    }
    TimeForm looksLike = TimeForm.of(text);
    if (form == null) {
      refuseToGuess(row, text);
      long nanos = looksLike.nanosOf(timeColumn, text);
      timeForm = looksLike;
      return nanos;
    }
    if (looksLike != form && looksLike != TimeForm.ISO) {
      throw RefusedCell.of(
          timeColumn,
          text,
          "looks like " + looksLike.words() + ", earlier rows are " + form.words());
    }
    if (form != TimeForm.ISO && TimeForm.isTooSmall(text)) {
      throw RefusedCell.of(
          timeColumn, text, "a time before March 1973 needs --time-unit, or it is none");
    }
    return form.nanosOf(timeColumn, text);
  }

  /** Dates without dashes, days of Excel, years and counters would all pass for seconds. */
  private void refuseToGuess(CsvRecord row, String text) throws NotCsv {
    boolean isDate = TimeForm.readsAsDate(text);
    if (isDate || TimeForm.isTooSmall(text)) {
      throw new NotCsv(
          file
              + " line "
              + row.getStartingLineNumber()
              + ": column "
              + timeColumn
              + ": '"
              + text
              + (isDate
                  ? "' reads as a calendar date (write it with dashes)"
                  : "' may be seconds since 1970, or days, or a count")
              + "; if it is an epoch, name its unit by --time-unit");
    }
  }

  private static List<String> header(
      String file, CloseableIterator<CsvRecord> records, char delimiter)
      throws NotCsv, IOException {
    CsvRecord first = next(file, records);
    if (first == null) {
      throw new NotCsv(file + ": empty, not even a header line");
    }
    List<String> names = first.getFields().stream().map(String::strip).toList();
    String where = file + " line " + first.getStartingLineNumber() + ": ";
    if (names.size() < 2) {
      throw new NotCsv(where + "only one column when cut at '" + delimiter + "' (see --delimiter)");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty() && i > 0) {
        throw new NotCsv(where + "column " + (i + 1) + " has no name");
      }
      if (i > 0 && name.chars().anyMatch(Character::isISOControl)) {
        throw new NotCsv(
            where
                + ("column " + (i + 1) + ": '" + RefusedCell.shown(name) + "'")
                + " has a line break or another control character in its name");
      }
      if (!seen.add(name)) {
        throw new NotCsv(where + "two columns are named '" + RefusedCell.shown(name) + "'");
      }
    }
    refuseDataAsHeader(where, names);
    return names;
  }

  /** A file without a header line would lose its first row and name streams after its values. */
  private static void refuseDataAsHeader(String where, List<String> names) throws NotCsv {
    try {
      TimeForm.of(names.get(0)).nanosOf("", names.get(0));
    } catch (RefusedCell e) {
      return;
    }
    throw new NotCsv(where + "no header: '" + names.get(0) + "' is a time, not a column's name");
  }

  private static @Nullable CsvRecord next(String file, CloseableIterator<CsvRecord> records)
      throws NotCsv, IOException {
    try {
      return records.hasNext() ? records.next() : null;
    } catch (CsvParseException e) {
      throw new NotCsv(file + ": " + causeOf(e), e);
    } catch (UncheckedIOException e) {
      throw new IOException("cannot read " + file + ": " + causeOf(e), e);
    }
  }

  private static @Nullable String causeOf(RuntimeException e) {
    Throwable cause = e.getCause();
    return cause == null ? e.getMessage() : cause.getMessage();
  }

  /** The input from its first byte, once its beginning has proved to be UTF-8 text. */
  private static InputStream checkedText(String file, InputStream input)
      throws NotCsv, IOException {
    byte[] beginning = input.readNBytes(SNIFFED_BYTES);
    CharBuffer chars = CharBuffer.allocate(beginning.length);
    ByteBuffer bytes = ByteBuffer.wrap(beginning);
    CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
    // The last character may be cut in two; what follows decides about it.
    boolean text = !strict.decode(bytes, chars, false).isError();
    chars.flip();
    for (int i = 0; text && i < chars.length(); i++) {
      char c = chars.charAt(i);
      text = !Character.isISOControl(c) || Character.isWhitespace(c);
    }
    if (isGzip(beginning)) {
      throw new NotCsv(
          file + ": compressed; gunzip -c " + file + " | ./btrdb import ... - reads it");
    }
    if (!text) {
      throw new NotCsv(file + ": not a CSV file (binary, or not UTF-8)");
    }
    int skipped = chars.length() > 0 && chars.charAt(0) == BOM ? 3 : 0;
    InputStream again = new ByteArrayInputStream(beginning, skipped, beginning.length - skipped);
    return new SequenceInputStream(again, input);
  }

  private static boolean isGzip(byte[] beginning) {
    return beginning.length > 1 && (beginning[0] & 0xff) == 0x1f && (beginning[1] & 0xff) == 0x8b;
  }

  /**
   * Broken text further on becomes replacement characters, which no time and no number contains:
   * the row is refused with its line number instead of ending the import.
   */
  private static CharsetDecoder replacingDecoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .onUnmappableCharacter(CodingErrorAction.REPLACE);
  }
}
