package org.btrdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class BtrdbDriverTest {

  @Test
  void serviceFileHasExactlyOurLine() throws Exception {
    try (InputStream file =
        Objects.requireNonNull(
            BtrdbDriver.class.getResourceAsStream("/META-INF/services/java.sql.Driver"))) {
      assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("org.btrdb.jdbc.BtrdbDriver\n");
    }
  }

  @Test
  void driverManagerFindsIt() throws SQLException {
    assertThat(DriverManager.getDriver("jdbc:btrdb:mem:x")).isInstanceOf(BtrdbDriver.class);
  }

  @Test
  void leavesForeignUrlsAlone() throws SQLException {
    Driver driver = new BtrdbDriver();
    for (String url : new String[] {"jdbc:h2:mem:x", "jdbc:calcite:", "jdbc:avatica:", "", "x"}) {
      assertThat(driver.acceptsURL(url)).isFalse();
      assertThat(driver.connect(url, new Properties())).isNull();
    }
    assertThat(new BtrdbDriver().acceptsURL(null)).isFalse();
    assertThat(new BtrdbDriver().connect(null, null)).isNull();
  }

  @Test
  void propertyInfoIsCompleteAndNeverFails() throws SQLException {
    Properties given = new Properties();
    given.setProperty("user", "joe");
    DriverPropertyInfo[] infos =
        new BtrdbDriver().getPropertyInfo("jdbc:btrdb://h/ett?mergePolicy=replace", given);

    assertThat(infos).hasSize(BtrdbProperty.values().length);
    assertThat(infos).allSatisfy(info -> assertThat(info.description).isNotBlank());
    assertThat(valueOf(infos, "user")).isEqualTo("joe");
    assertThat(valueOf(infos, "schema")).isEqualTo("ett");
    assertThat(valueOf(infos, "mergePolicy")).isEqualTo("replace");
    for (String half : new String[] {"jdbc:btrdb:", "jdbc:btrdb://", "jdbc:h2:x"}) {
      assertThat(new BtrdbDriver().getPropertyInfo(half, given)).hasSameSizeAs(infos);
    }
    assertThat(new BtrdbDriver().getPropertyInfo(null, null)).hasSameSizeAs(infos);
  }

  private static String valueOf(DriverPropertyInfo[] infos, String name) {
    return Arrays.stream(infos).filter(i -> i.name.equals(name)).findFirst().orElseThrow().value;
  }

  @Test
  void secretsAreNowhere() throws SQLException {
    String url = "jdbc:btrdb:mem:secrets?apiKey=k3y";
    Properties given = new Properties();
    given.setProperty("user", "joe");
    given.setProperty("password", "s3cret");
    try (Connection connection = DriverManager.getConnection(url, given)) {
      assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:btrdb:mem:secrets");
      assertThat(connection.getMetaData().getUserName()).isEqualTo("joe");
      assertThat(connection.toString()).doesNotContain("k3y").doesNotContain("s3cret");
      assertThat(connection.getClientInfo().toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void unreachablePlaceFailsWithOneLine() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> DriverManager.getConnection("jdbc:btrdb:file:nowhere?create=false"))
        .satisfies(e -> assertThat(e.getSQLState()).hasSize(5))
        .satisfies(e -> assertThat(e.getMessage()).contains("nowhere").doesNotContain("\n"));
  }

  @Test
  void aFileThatTlsNeedsIsNamed() {
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(
            () ->
                DriverManager.getConnection(
                    "jdbc:btrdb://127.0.0.1:4411?apiKey=k3y&caBundle=none.pem"))
        .withMessage("caBundle 'none.pem': no such file")
        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("08001"));
  }
}
