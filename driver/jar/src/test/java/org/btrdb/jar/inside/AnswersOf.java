package org.btrdb.jar.inside;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/** Which drivers registered here take a URL, by class. */
public final class AnswersOf implements Function<String, List<String>> {
  @Override
  public List<String> apply(String url) {
    return DriverManager.drivers()
        .filter(driver -> takes(driver, url))
        .map(driver -> driver.getClass().getName())
        .toList();
  }

  private static boolean takes(Driver driver, String url) {
    try {
      return driver.acceptsURL(url) || driver.connect(url, new Properties()) != null;
    } catch (SQLException e) {
      return true;
    }
  }
}
