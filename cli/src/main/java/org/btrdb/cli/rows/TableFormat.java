package org.btrdb.cli.rows;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for people. The first rows decide the widths; later rows stream and may stick
 * out.
 */
final class TableFormat implements RowFormat {
  private static final int ROWS_THAT_DECIDE = 1_000;

  private final Writer out;
  private final boolean eachRow;
  private final int rowsThatDecide;

  TableFormat(OutputStream out, boolean eachRow) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.eachRow = eachRow;
    this.rowsThatDecide = eachRow ? 1 : ROWS_THAT_DECIDE;
  }

  @Override
  public void rows(ResultSet rows) throws SQLException, IOException {
    Cells cells = Cells.of(rows);
    String[] labels = shown(cells.labels(), false);
    List<String[]> first = new ArrayList<>();
    while (first.size() < rowsThatDecide && rows.next()) {
      first.add(texts(cells));
    }
    int[] widths = widths(labels, first);
    boolean[] toTheRight = new boolean[labels.length];
    line(labels, widths, toTheRight);
    rule(widths);
    for (int i = 0; i < labels.length; i++) {
      toTheRight[i] = cells.isNumber(i);
    }
    long count = 0;
    for (String[] row : first) {
      row(row, widths, toTheRight);
      flushRow();
      count++;
    }
    while (count >= rowsThatDecide && rows.next()) {
      row(texts(cells), widths, toTheRight);
      flushRow();
      count++;
    }
    out.write(count == 1 ? "(1 row)\n" : "(" + count + " rows)\n");
    out.flush();
  }

  @Override
  public void count(long count) throws IOException {
    out.write(count + "\n");
    out.flush();
  }

  private void flushRow() throws IOException {
    if (eachRow) {
      out.flush();
    }
  }

  private static String[] texts(Cells cells) throws SQLException {
    String[] texts = new String[cells.count()];
    for (int i = 0; i < texts.length; i++) {
      @Nullable String text = cells.text(i);
      texts[i] = text == null ? "" : text;
    }
    // The text of a column by itself, such as a plan, may have several lines.
    return shown(texts, texts.length == 1);
  }

  /** Texts in which no character moves the cursor or tells the terminal something. */
  private static String[] shown(String[] texts, boolean keepLines) {
    for (int i = 0; i < texts.length; i++) {
      if (texts[i].chars().anyMatch(Character::isISOControl)) {
        texts[i] = escaped(texts[i], keepLines);
      }
    }
    return texts;
  }

  private static String escaped(String text, boolean keepLines) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isISOControl(c) || (keepLines && c == '\n')) {
        escaped.append(c);
      } else {
        escaped.append(
            switch (c) {
              case '\n' -> "\\n";
              case '\r' -> "\\r";
              case '\t' -> "\\t";
              default -> String.format(Locale.ROOT, "\\u%04x", (int) c);
            });
      }
    }
    return escaped.toString();
  }

  private static int[] widths(String[] labels, List<String[]> rows) {
    int[] widths = new int[labels.length];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = labels[i].length();
      for (String[] row : rows) {
        int column = i;
        row[column].lines().forEach(line -> widths[column] = Math.max(widths[column], width(line)));
      }
    }
    return widths;
  }

  private static int width(String line) {
    return line.codePointCount(0, line.length());
  }

  /** A row, on several lines if its only text has several, as plans do. */
  private void row(String[] texts, int[] widths, boolean[] toTheRight) throws IOException {
    int height = 1;
    for (String text : texts) {
      height = Math.max(height, (int) text.lines().count());
    }
    if (height == 1) {
      line(texts, widths, toTheRight);
      return;
    }
    for (int n = 0; n < height; n++) {
      String[] part = new String[texts.length];
      for (int i = 0; i < texts.length; i++) {
        part[i] = texts[i].lines().skip(n).findFirst().orElse("");
      }
      line(part, widths, toTheRight);
    }
  }

  private void line(String[] texts, int[] widths, boolean[] toTheRight) throws IOException {
    for (int i = 0; i < texts.length; i++) {
      out.write(i == 0 ? " " : " | ");
      int padding = widths[i] - width(texts[i]);
      if (toTheRight[i]) {
        pad(padding);
      }
      out.write(texts[i]);
      if (!toTheRight[i] && i < texts.length - 1) {
        pad(padding);
      }
    }
    out.write('\n');
  }

  private void rule(int[] widths) throws IOException {
    for (int i = 0; i < widths.length; i++) {
      out.write(i == 0 ? "-" : "-+-");
      out.write("-".repeat(widths[i]));
    }
    out.write('\n');
  }

  private void pad(int spaces) throws IOException {
    for (int i = 0; i < spaces; i++) {
      out.write(' ');
    }
  }
}
