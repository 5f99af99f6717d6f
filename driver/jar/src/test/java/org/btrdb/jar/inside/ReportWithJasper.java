package org.btrdb.jar.inside;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TimeZone;
import java.util.function.Function;
import net.sf.jasperreports.charts.design.JRDesignChart;
import net.sf.jasperreports.charts.design.JRDesignTimeSeries;
import net.sf.jasperreports.charts.design.JRDesignTimeSeriesDataset;
import net.sf.jasperreports.charts.design.JRDesignTimeSeriesPlot;
import net.sf.jasperreports.charts.type.ChartTypeEnum;
import net.sf.jasperreports.charts.type.TimePeriodEnum;
import net.sf.jasperreports.engine.JRException;
import net.sf.jasperreports.engine.JRParameter;
import net.sf.jasperreports.engine.JRPrintElement;
import net.sf.jasperreports.engine.JRPrintPage;
import net.sf.jasperreports.engine.JRPrintText;
import net.sf.jasperreports.engine.JasperCompileManager;
import net.sf.jasperreports.engine.JasperExportManager;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.engine.JasperPrint;
import net.sf.jasperreports.engine.design.JRDesignBand;
import net.sf.jasperreports.engine.design.JRDesignElement;
import net.sf.jasperreports.engine.design.JRDesignExpression;
import net.sf.jasperreports.engine.design.JRDesignField;
import net.sf.jasperreports.engine.design.JRDesignQuery;
import net.sf.jasperreports.engine.design.JRDesignSection;
import net.sf.jasperreports.engine.design.JRDesignTextField;
import net.sf.jasperreports.engine.design.JasperDesign;
import net.sf.jasperreports.engine.type.EvaluationTimeEnum;
import org.btrdb.jdbc.BtrdbDriver;

/**
 * A report of JasperReports: a line of text for each row and a chart of them all. From a URL and a
 * file, which becomes the PDF, to its texts.
 */
public final class ReportWithJasper implements Function<List<String>, List<String>> {
  private static final int ROWS = 48;

  @Override
  public List<String> apply(List<String> urlAndFile) {
    // Jasper finds its extensions and the compiled report by the context loader.
    Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
    Path file = Path.of(urlAndFile.get(1));
    try (Connection connection =
        Objects.requireNonNull(new BtrdbDriver().connect(urlAndFile.get(0), null))) {
      write(connection);
      JasperPrint print =
          JasperFillManager.fillReport(
              JasperCompileManager.compileReport(design()), parameters(), connection);
      Files.createDirectories(file.getParent());
      JasperExportManager.exportReportToPdfFile(print, file.toString());
      return texts(print);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Else the axis of the chart is in the zone of the JVM. */
  private static Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put(JRParameter.REPORT_TIME_ZONE, TimeZone.getTimeZone("UTC"));
    return parameters;
  }

  private static void write(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE jasper.s (time TIMESTAMP(9), value DOUBLE)");
    }
    LocalDateTime start = LocalDateTime.parse("2016-07-01T00:00:00.000000001");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO jasper.s VALUES (?, ?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setObject(1, start.plusMinutes(30L * i));
        insert.setDouble(2, 60 + Math.sin(i * 2 * Math.PI / ROWS));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static JasperDesign design() throws JRException {
    JasperDesign design = new JasperDesign();
    design.setName("points");
    JRDesignQuery query = new JRDesignQuery();
    query.setText("SELECT time, value FROM jasper.s ORDER BY time");
    design.setQuery(query);
    field(design, "time", java.sql.Timestamp.class);
    field(design, "value", Double.class);
    design.setTitle(band(300, chart(design)));
    ((JRDesignSection) design.getDetailSection())
        .addBand(
            band(
                14, text(0, "$F{time}.toInstant().toString()"), text(250, "$F{value}.toString()")));
    return design;
  }

  private static void field(JasperDesign design, String name, Class<?> type) throws JRException {
    JRDesignField field = new JRDesignField();
    field.setName(name);
    field.setValueClass(type);
    design.addField(field);
  }

  private static JRDesignBand band(int height, JRDesignElement... elements) {
    JRDesignBand band = new JRDesignBand();
    band.setHeight(height);
    for (JRDesignElement element : elements) {
      band.addElement(element);
    }
    return band;
  }

  private static JRDesignTextField text(int x, String expression) {
    JRDesignTextField text = new JRDesignTextField();
    text.setX(x);
    text.setWidth(240);
    text.setHeight(14);
    text.setExpression(new JRDesignExpression(expression));
    return text;
  }

  private static JRDesignChart chart(JasperDesign design) {
    JRDesignTimeSeries series = new JRDesignTimeSeries();
    series.setSeriesExpression(new JRDesignExpression("\"Hz\""));
    series.setTimePeriodExpression(new JRDesignExpression("$F{time}"));
    series.setValueExpression(new JRDesignExpression("$F{value}"));
    JRDesignTimeSeriesDataset dataset = new JRDesignTimeSeriesDataset(null);
    dataset.setTimePeriod(TimePeriodEnum.MINUTE);
    dataset.addTimeSeries(series);
    JRDesignChart chart = new JRDesignChart(design, ChartTypeEnum.TIMESERIES);
    chart.setDataset(dataset);
    chart.setWidth(555);
    chart.setHeight(290);
    chart.setEvaluationTime(EvaluationTimeEnum.REPORT);
    chart.setTitleExpression(new JRDesignExpression("\"jasper.s\""));
    JRDesignTimeSeriesPlot plot = (JRDesignTimeSeriesPlot) chart.getPlot();
    plot.setTimeAxisLabelExpression(new JRDesignExpression("\"UTC\""));
    plot.setValueAxisLabelExpression(new JRDesignExpression("\"frequency\""));
    return chart;
  }

  private static List<String> texts(JasperPrint print) {
    List<String> texts = new ArrayList<>();
    for (JRPrintPage page : print.getPages()) {
      for (JRPrintElement element : page.getElements()) {
        if (element instanceof JRPrintText text) {
          texts.add(text.getFullText());
        }
      }
    }
    return texts;
  }
}
