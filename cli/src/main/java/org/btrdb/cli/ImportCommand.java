package org.btrdb.cli;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.btrdb.cli.csv.MeasurementFile;
import org.btrdb.cli.csv.NotCsv;
import org.btrdb.cli.csv.RefusedCell;
import org.btrdb.cli.csv.TimeForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a CSV file into one collection, a stream for each column. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Reads a CSV file into the streams of one collection.",
    footer = {
      "",
      "The first line names the columns. The first column is time: ISO text (UTC without a zone,"
          + " up to 9 fraction digits) or an integer epoch, whose unit the first row decides: from"
          + " 10^8 s, from 10^11 ms, from 10^14 us, from 10^17 ns. --time-unit overrules, and is"
          + " needed for times before March 1973 and where digits read as a date. Every other"
          + " column becomes a stream of that name; empty cells are no points.",
      "",
      "A row with a wrong number of cells, an unreadable time or a cell that is no finite number"
          + " is refused whole and reported; the other rows are stored and the exit status is 1."
          + " After a failure the same command with --merge equal goes on without duplicates."
    })
final class ImportCommand implements Callable<Integer> {
  private static final int REFUSALS_SHOWN = 10;

  private final StandardStreams streams;

  @Mixin private Target target;

  @Option(
      names = "--collection",
      paramLabel = "C",
      required = true,
      description = "Where the streams are, or are created.")
  private String collection;

  @Option(names = "--time-unit", paramLabel = "UNIT", description = "One of ns, us, ms, s.")
  private @Nullable TimeUnitName timeUnit;

  @Option(
      names = "--merge",
      paramLabel = "POLICY",
      description =
          "What happens to points at a time that has one: never (keep both), equal (store equal"
              + " ones once), retain (keep the old), replace. Default: what the URL says, or never.")
  private @Nullable MergeName merge;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      defaultValue = ",",
      description = "What separates cells: one character, or tab (default: ,).")
  private String delimiter;

  @Parameters(paramLabel = "FILE.csv", description = "The file to read; - reads standard input.")
  private String file;

  @Spec private CommandSpec spec;

  /** The units of {@code --time-unit}. */
  enum TimeUnitName {
    NS(TimeForm.NANOS),
    US(TimeForm.MICROS),
    MS(TimeForm.MILLIS),
    S(TimeForm.SECONDS);

    private final TimeForm form;

    TimeUnitName(TimeForm form) {
      this.form = form;
    }
  }

  /** The policies of {@code --merge}. */
  enum MergeName {
    NEVER,
    EQUAL,
    RETAIN,
    REPLACE
  }

  ImportCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws CommandFailure, SQLException, IOException {
    if (collection.isBlank()) {
      throw new ParameterException(spec.commandLine(), "--collection is empty");
    }
    char separator = delimiterChar();
    TimeForm form = timeUnit == null ? null : timeUnit.form;
    try (MeasurementFile csv =
        isStandardInput()
            ? MeasurementFile.of(name(), streams.in(), separator, form)
            : MeasurementFile.open(Path.of(file), separator, form)) {
      Properties properties = new Properties();
      if (merge != null) {
        properties.setProperty("mergePolicy", merge.name().toLowerCase(Locale.ROOT));
      }
      Refusals refusals = new Refusals(streams.err(), name(), REFUSALS_SHOWN);
      try (Connection connection = target.connect(properties)) {
        StreamLoader loader = new StreamLoader(connection, collection, csv.valueColumns());
        try (loader) {
          long rows = load(csv, loader, refusals);
          loader.finish();
          new ImportSummary(collection, name(), rows, refusals, loader, csv.timeForm())
              .printTo(streams.lines());
        } catch (SQLException | IOException | NotCsv e) {
          throw new CommandFailure(e.getMessage() + loader.acknowledgedAndHowToGoOn(), e);
        }
      }
      return refusals.count() == 0 ? 0 : 1;
    } catch (NotCsv e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private long load(MeasurementFile csv, StreamLoader loader, Refusals refusals)
      throws SQLException, IOException, NotCsv {
    double[] values = new double[csv.valueColumns().size()];
    long rows = 0;
    try (ProgressBar bar = streams.errIsTerminal() && !isStandardInput() ? progressBar() : null) {
      for (CsvRecord row = csv.next(); row != null; row = csv.next()) {
        rows++;
        try {
          long nanos = csv.read(row, values);
          loader.add(nanos, values);
        } catch (RefusedCell refused) {
          refusals.add(row.getStartingLineNumber(), refused);
        }
        if (bar != null && (rows & 0x3ff) == 0) {
          bar.stepTo(csv.bytesRead());
        }
      }
    }
    return rows;
  }

  private boolean isStandardInput() {
    return file.equals("-");
  }

  /** The file as messages name it. */
  private String name() {
    return isStandardInput() ? "standard input" : file;
  }

  private ProgressBar progressBar() throws IOException {
    return new ProgressBarBuilder()
        .setTaskName(String.valueOf(Path.of(file).getFileName()))
        .setInitialMax(Files.size(Path.of(file)))
        .setUnit(" MB", 1_000_000)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .setConsumer(
            new ConsoleProgressBarConsumer(streams.err()) {
              @Override
              public void close() {
                // Not the empty line that it would leave behind.
                streams.err().flush();
              }
            })
        .clearDisplayOnFinish()
        .build();
  }

  private char delimiterChar() {
    if (delimiter.equals("tab") || delimiter.equals("\\t")) {
      return '\t';
    }
    if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
      throw new ParameterException(
          spec.commandLine(), "--delimiter is one character or tab, not '" + delimiter + "'");
    }
    return delimiter.charAt(0);
  }
}
